import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import type { WechatyInterface } from 'wechaty/impls';
import { silentLogger } from '../../../src/core/logger.js';
import { tellUnheardErrors } from '../../../src/runtime/unheard-errors.js';

/** A bot as far as errors go, with the puppet of this name. */
function toldBy(puppet: string, env: Readonly<Record<string, string>> = {}) {
  const bot = Object.assign(new EventEmitter(), { puppet: { name: () => puppet } });
  const said: string[] = [];
  let now = 0;
  const note = (text: { readonly en: string }, fields: object = {}) =>
    void said.push(`${text.en} ${JSON.stringify(fields)}`);
  const tell = tellUnheardErrors(bot as unknown as WechatyInterface, {
    logger: { ...silentLogger, error: note, warn: note },
    clock: { now: () => now },
    env,
  });
  // Ours are two: this one, and the one that hears events.
  bot.on('error', tell).on('error', () => {});
  const fails = (message: string, after = 0) => {
    now += after;
    bot.emit('error', new Error(message));
  };
  return { bot, said, fails };
}

const offline = 'getaddrinfo ENOTFOUND login.wx.qq.com';
const hint = expect.stringContaining('Where no puppet is chosen') as string;

test('the same error is told once a minute, and once that a puppet may be chosen', () => {
  const { said, fails } = toldBy('PuppetWechat4u<wechaty-puppet-wechat4u>');
  for (let count = 0; count < 13; count += 1) fails(offline);
  fails(offline, 60_000);
  expect(said).toEqual([
    `The bot reports an error: ${offline} {}`,
    hint,
    `The bot reports an error: ${offline} {"more":12}`,
  ]);
});

test('another error is told at once', () => {
  const { said, fails } = toldBy('PuppetService');
  fails(offline);
  fails('no token');
  fails(offline);
  expect(said).toHaveLength(3);
});

test.each([
  ['another puppet', 'PuppetService', {}],
  ['one that was chosen', 'wechaty-puppet-wechat4u', { WECHATY_PUPPET: 'wechaty-puppet-wechat4u' }],
])('nothing is said of puppets with %s', (_what, puppet, env) => {
  const { said, fails } = toldBy(puppet, env);
  fails(offline);
  expect(said).not.toContainEqual(hint);
});

test('what somebody else hears is not told', () => {
  const { bot, said, fails } = toldBy('PuppetService');
  bot.on('error', () => {});
  fails(offline);
  expect(said).toEqual([]);
});
