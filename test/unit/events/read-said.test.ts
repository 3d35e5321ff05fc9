import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { BotEvent, Need } from '../../../src/core/event.js';
import { isEverybody } from '../../../src/core/text/mention/everybody.js';
import { hearBot } from '../../../src/events/hear-bot.js';
import { createLookUps } from '../../../src/events/look-ups.js';
import type { UnreadEvent } from '../../../src/events/unread-event.js';
import { compileRules } from '../../../src/rules/compile-rules.js';
import { type MockBot, startMockBot } from '../../support/mock-bot.js';
import { sampleRule } from '../../support/sample-rule.js';
import { waitUntil } from '../../support/wait-until.js';
import { me, others, type TextCase, textCases } from '../core/text/text-cases.js';

const needs: ReadonlySet<Need> = new Set(['mention']);
const rules = compileRules([sampleRule({ name: 'all' })]);

let mock: MockBot;
let heard: UnreadEvent[];
let stopHearing: () => void;

beforeEach(async () => {
  heard = [];
  const handle = (event: UnreadEvent) => void heard.push(event);
  mock = await startMockBot((bot) => {
    stopHearing = hearBot(bot, { lookUps: createLookUps(bot), now: Date.now, handle });
  }, me);
  await waitUntil('the login', () => heard.length > 0);
  heard.length = 0;
});

afterEach(async () => {
  stopHearing();
  await mock.stop();
});

/** The mock puppet tells nothing apart and has no ids for everybody; its bot is 小助手, and has one name in the room. */
function isSendable({ text, told, ids = [], me: names = [] }: TextCase): boolean {
  const isNamed =
    names.length === 0 ||
    (names.length === 1 && !['', me].includes(names[0] ?? '') && !text.includes('小助手'));
  return told === undefined && text !== '' && isNamed && !ids.some(isEverybody);
}

/** Sends every case, and reads what rules get. */
async function hearAll(cases: readonly TextCase[]): Promise<readonly BotEvent[]> {
  const alice = mock.contact('alice');
  const people = new Map(
    Object.entries(others).map(([id, [name = '']]) => [id, mock.contact(id, { name })]),
  );
  people.set(me, mock.self);
  const room = mock.room('room', [alice, ...people.values()]);
  const read: BotEvent[] = [];
  for (const { text, ids = [], me: [name = ''] = [] } of cases) {
    heard.length = 0;
    mock.puppet.roomAliases.set(me, name);
    mock.puppet.cache.roomMember.clear();
    const mentions = ids.flatMap((id) => people.get(id) ?? []);
    mock.hear(alice, text, { room, mentions });
    await waitUntil('the message', () => heard.length > 0);
    const [unread] = heard;
    if (unread === undefined) continue;
    const event = await unread.read(needs);
    expect(unread.head.text).toBe(event.message?.words);
    read.push(event);
  }
  return read;
}

describe('a message of a real bot', () => {
  test('means what the table says', async () => {
    const cases = Object.values(textCases).flat().filter(isSendable);
    expect(cases.length).toBeGreaterThan(150);
    const events = await hearAll(cases);
    const meanings = events.map((event) => ({
      text: event.message?.payload.text,
      words: event.message?.words,
      quoted: event.message?.quoted,
      question: rules.decide(event).matches[0]?.question,
    }));
    expect(meanings).toEqual(
      cases.map(({ text, words = text, quoted, question = words.trim() }) => ({
        text,
        words,
        quoted,
        question,
      })),
    );
  });

  test('that quotes fires nothing by what it quotes', async () => {
    const withKeyword = compileRules([sampleRule({ name: 'subscribe', keywords: ['订阅'] })]);
    const line = '- - - - - - - - - - - - - - -';
    mock.hear(mock.contact('alice'), `「Bob：订阅」\n${line}\n好的`);
    await waitUntil('the message', () => heard.length > 0);
    const [unread] = heard;
    expect(unread && withKeyword.screen(unread.head)).toBeUndefined();
    const event = await unread?.read(needs);
    expect(event && withKeyword.decide(event).matches).toEqual([]);
  });

  test('takes as much memory while it waits as its whole text', async () => {
    const text = `「Bob：${'长'.repeat(1000)}」\n- - - - - - - - -\n好的`;
    mock.hear(mock.contact('alice'), text);
    await waitUntil('the message', () => heard.length > 0);
    expect(heard[0]?.bytes).toBe(Buffer.byteLength(text));
  });
});
