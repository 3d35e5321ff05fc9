import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileRules } from '../../../src/rules/compile-rules.js';
import { arbitraryMentioning, arbitraryRulesAndEvents } from '../../support/arbitrary-rules.js';
import { naiveDecide } from '../../support/naive-decide.js';
import { headOf } from '../../support/sample-event.js';

const cases = fc.oneof(arbitraryRulesAndEvents, arbitraryMentioning);
const runs = { numRuns: 2000 };

describe('a rule set', () => {
  test('decides as a plain loop over the rules does', () => {
    fc.assert(
      fc.property(cases, ({ rules, events }) => {
        const ruleSet = compileRules(rules);
        for (const event of events) {
          const names = ruleSet.decide(event).matches.map(({ rule }) => rule.name);
          expect(names).toEqual(naiveDecide(rules, event).map(({ name }) => name));
        }
      }),
      runs,
    );
  });

  test('never screens out an event that it decides to match', () => {
    fc.assert(
      fc.property(cases, ({ rules, events }) => {
        const ruleSet = compileRules(rules);
        for (const event of events) {
          if (ruleSet.decide(event).matches.length === 0) continue;
          expect(ruleSet.screen(headOf(event))).toBeDefined();
        }
      }),
      runs,
    );
  });

  test('decides the same when only what the screening asks for has been read', () => {
    fc.assert(
      fc.property(cases, ({ rules, events }) => {
        const ruleSet = compileRules(rules);
        for (const event of events) {
          const needs = ruleSet.screen(headOf(event)) ?? new Set();
          const read = {
            ...event,
            user: {
              ...event.user,
              tags: needs.has('tags') ? event.user.tags : [],
              roles: needs.has('roles')
                ? event.user.roles
                : event.user.roles.filter((role) => !['owner', 'admin', 'member'].includes(role)),
            },
            ...(event.message && {
              message: {
                ...event.message,
                mention: needs.has('mention')
                  ? event.message.mention
                  : { me: false, all: false, people: [], texts: [] },
              },
            }),
          };
          const inRoom = event.conversation?.kind === 'room';
          if (!inRoom) continue;
          expect(ruleSet.decide(read)).toEqual(ruleSet.decide(event));
        }
      }),
      runs,
    );
  });

  test('explains an event as it decides it', () => {
    fc.assert(
      fc.property(cases, ({ rules, events }) => {
        const ruleSet = compileRules(rules);
        for (const event of events) {
          const explained = ruleSet.explain(event);
          const matched = explained.filter((line) => line.matched).map(({ rule }) => rule);
          expect(matched).toEqual(ruleSet.decide(event).matches.map(({ rule }) => rule.name));
          for (const line of explained.filter((one) => !one.matched)) {
            expect(line.condition).toBeTruthy();
            expect(line.text?.en).toBeTruthy();
            expect(line.text?.zh).toBeTruthy();
          }
        }
      }),
      runs,
    );
  });
});
