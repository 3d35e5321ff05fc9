import * as fc from 'fast-check';
import type { ConfigInput, RuleInput } from '../../../src/config/schema/file.js';

const visible = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
  .map((text) => `x${text.replaceAll('$', '＄')}`);
const duration = fc
  .tuple(fc.integer({ min: 1, max: 500 }), fc.constantFrom('ms', 's', 'm', 'h'))
  .map(([count, unit]) => `${count}${unit}`);
const url = fc
  .tuple(fc.webUrl({ validSchemes: ['http', 'https'] }), fc.constantFrom('', '?city={{city}}'))
  .map(([address, query]) => `${address.replaceAll(/[${}]/gu, '')}${query}`);
const name = fc.oneof(visible, fc.constantFrom('/^客户/i', '/a.*b/su'));
const contact = fc.oneof(visible, fc.record({ name }), fc.record({ alias: name }));
const per = fc.constantFrom('user' as const, 'conversation' as const, 'rule' as const);
const some = <Value>(item: fc.Arbitrary<Value>) => fc.array(item, { minLength: 1, maxLength: 3 });

const people = {
  contacts: some(contact),
  tags: some(fc.oneof(visible, fc.record({ name }))),
  rooms: some(fc.oneof(visible, fc.record({ topic: name }))),
  roles: some(fc.constantFrom('friend' as const, 'owner' as const, 'system' as const)),
};

const users = fc
  .record({ ...people, except: fc.record(people) }, { requiredKeys: ['contacts'] })
  .map((value) => value);

const trigger = fc.record(
  {
    on: fc.constantFrom('message', ['message', 'room-join'], ['wecom:enter_agent']),
    in: some(fc.constantFrom('private' as const, 'room' as const)),
    mention: fc.oneof(fc.constantFrom('me' as const, 'all' as const), some(contact)),
    from: fc.constantFrom('others' as const, 'self' as const, 'any' as const),
    types: fc.constantFrom('any' as const, 'Text' as const),
    cooldown: fc.record({ every: duration, per }, { requiredKeys: ['every'] }),
    limit: fc.record(
      { count: fc.integer({ min: 1, max: 99 }), every: duration, notice: visible },
      { requiredKeys: ['count', 'every'] },
    ),
    probability: fc.double({ min: 0, max: 1, noNaN: true }).map((share) => share + 0),
  },
  { requiredKeys: [] },
);

const reply = fc.oneof(
  fc.constant(false as const),
  fc.record(
    { mention: fc.boolean(), quote: fc.boolean(), within: duration, onRefusal: visible },
    { requiredKeys: [] },
  ),
);

const rule: fc.Arbitrary<RuleInput> = fc.record(
  {
    name: visible,
    enabled: fc.boolean(),
    keywords: fc.array(visible, { maxLength: 3 }),
    match: fc.constantFrom('contains' as const, 'equals' as const, 'glob' as const),
    fold: fc.oneof(fc.boolean(), some(fc.constantFrom('case' as const, 'width' as const))),
    users,
    trigger,
    callback: fc.record(
      {
        url,
        apiKey: fc.stringMatching(/^[!-#%-~]{1,12}$/u),
        variables: fc.dictionary(
          visible,
          fc.string().map((text) => text.replaceAll('$', '')),
        ),
        timeout: duration,
        retry: fc.record({ attempts: fc.integer({ min: 1, max: 9 }), onTimeout: fc.boolean() }),
      },
      { requiredKeys: ['url'] },
    ),
    reply,
    stop: fc.boolean(),
  },
  { requiredKeys: ['name', 'callback'] },
);

/** A configuration without fault, as users write it. */
export const arbitraryConfig: fc.Arbitrary<ConfigInput> = fc.record(
  {
    rules: fc.uniqueArray(rule, { selector: (each) => each.name, maxLength: 4 }),
    defaults: fc.record(
      { stop: fc.boolean(), callback: fc.record({ timeout: duration }) },
      { requiredKeys: [] },
    ),
    maxAge: duration,
    server: fc.record({ port: fc.integer({ min: 0, max: 65_535 }) }),
    console: fc.record({ history: fc.constantFrom(false as const, { events: 5 }) }),
  },
  { requiredKeys: ['rules'] },
);
