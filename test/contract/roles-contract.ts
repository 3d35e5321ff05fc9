import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { log, WechatyBuilder } from 'wechaty';
import type { WechatyInterface } from 'wechaty/impls';
import type { Puppet } from 'wechaty-puppet';
import type { Role } from '../../src/core/event.js';
import { puppetExtras } from '../../src/core/puppet-extras.js';
import { CallbackPlugin, type InstalledCallbackPlugin } from '../../src/index.js';
import { gate } from '../support/gate.js';
import { notingPino, type PinoLine } from '../support/noting-pino.js';
import { type Receiver, startReceiver } from '../support/receiver.js';
import { waitUntil } from '../support/wait-until.js';
import type { PlatformRequest } from './adapter-contract.js';

/** A text that somebody says. */
export interface Spoken {
  readonly id: string;
  readonly from: string;
  readonly text: string;
}

/**
 * A platform with the group `g1` of `alice`, who owns it, `bob` and the bot. The bot is nobody's
 * friend but `alice`'s.
 */
export interface RolesHarness {
  /** A new puppet of the bot. */
  create(): Puppet;
  inRoom(spoken: Spoken): PlatformRequest;
  inPrivate(spoken: Spoken): PlatformRequest;
  /** Somebody else owns the group; answers what the platform tells of that. */
  giveTo(owner: string): PlatformRequest;
  /** Somebody is made an admin of the group. */
  promote(member: string): PlatformRequest;
  /** Somebody is, or is no longer, a friend of the bot. */
  befriend(person: string, isFriend: boolean): PlatformRequest;
  /** Somebody's account is an official one. Absent: the platform has none. */
  readonly official?: (person: string) => void;
  /** Answers nothing of who is who before `until`. */
  hold(until: Promise<void>): void;
  /** How often was asked about members of groups. */
  asked(): number;
  close(): Promise<void>;
}

/** Rules that look at roles are right from the first message on. */
export function rolesContract(name: string, start: () => Promise<RolesHarness>): void {
  let harness: RolesHarness;
  let receiver: Receiver;
  let bot: WechatyInterface;
  let plugin: InstalledCallbackPlugin;
  let send: (request: PlatformRequest) => Promise<void>;
  let lines: readonly PinoLine[];
  let said: number;

  beforeEach(async () => {
    log.level('silent');
    harness = await start();
    receiver = await startReceiver();
    said = 0;
    const pino = notingPino('warn');
    lines = pino.lines;
    const only = (role: Role) => ({
      name: role,
      keywords: [role],
      users: { roles: [role] },
      callback: { url: `${receiver.origin}/${role}` },
      stop: true,
    });
    const rules = [
      ...(['owner', 'admin', 'friend', 'stranger', 'official'] as const).map(only),
      { name: 'any', callback: { url: `${receiver.origin}/any` } },
    ];
    const journal = { store: 'memory' };
    plugin = CallbackPlugin({ rules, journal }, { logger: pino.logger });
    const puppet = harness.create();
    bot = WechatyBuilder.build({ puppet });
    bot.use(plugin);
    await bot.start();
    await plugin.ready;
    send = async ({ path, headers, body }) => {
      const url = `http://127.0.0.1${path}`;
      const { webhook } = puppetExtras(puppet);
      const response = await webhook?.handle(new Request(url, { method: 'POST', headers, body }));
      expect(response?.status).toBe(200);
    };
  });

  afterEach(async () => {
    await plugin.close({ graceMs: 100 });
    await bot.stop();
    await receiver.close();
    await harness.close();
  });

  /** Which rule answers who says that. */
  async function answering(from: string, text: string, place: 'inRoom' | 'inPrivate' = 'inRoom') {
    said += 1;
    const before = receiver.calls.length;
    await send(harness[place]({ id: `m${said}`, from, text }));
    await waitUntil('a call', () => receiver.calls.length > before);
    return receiver.calls[before]?.path.slice(1);
  }

  describe(`${name}: roles`, () => {
    test('know the owner on the very first message, and another one after a change', async () => {
      expect(await answering('alice', 'owner')).toBe('owner');
      expect(await answering('bob', 'owner')).toBe('any');
      await send(harness.giveTo('bob'));
      expect(await answering('bob', 'owner')).toBe('owner');
      expect(await answering('alice', 'owner')).toBe('any');
    });

    test('know an admin on the very first message', async () => {
      harness.promote('bob');
      expect(await answering('bob', 'admin')).toBe('admin');
    });

    test('know an admin as soon as the platform has told of it', async () => {
      expect(await answering('bob', 'admin')).toBe('any');
      await send(harness.promote('bob'));
      expect(await answering('bob', 'admin')).toBe('admin');
    });

    test('know a friend on the very first message, and who is none any more', async () => {
      expect(await answering('alice', 'friend', 'inPrivate')).toBe('friend');
      expect(await answering('bob', 'friend', 'inPrivate')).toBe('any');
      expect(await answering('bob', 'stranger', 'inPrivate')).toBe('stranger');
      await send(harness.befriend('bob', true));
      expect(await answering('bob', 'friend', 'inPrivate')).toBe('friend');
      await send(harness.befriend('alice', false));
      expect(await answering('alice', 'stranger', 'inPrivate')).toBe('stranger');
    });

    test('know an official account before it is answered once', async () => {
      const isOne = harness.official !== undefined;
      harness.official?.('bob');
      await send(harness.inPrivate({ id: 'o1', from: 'bob', text: 'Good news!' }));
      const expected = isOne ? ['/official'] : ['/any', '/any'];
      await send(harness.inPrivate({ id: 'o2', from: 'bob', text: 'official' }));
      await waitUntil('the calls', () => receiver.calls.length === expected.length);
      expect(receiver.calls.map(({ path }) => path)).toEqual(expected);
    });

    test('wait for a platform that is slow to tell', async () => {
      const { opened, open } = gate();
      harness.hold(opened);
      const path = answering('alice', 'owner');
      await waitUntil('the question', () => harness.asked() > 0);
      open();
      expect(await path).toBe('owner');
    });

    test('are decided without what the platform does not tell, in time and with one warning', async () => {
      const { opened, open } = gate();
      harness.hold(opened);
      const began = performance.now();
      const took = await Promise.all(
        ['alice', 'bob', 'alice'].map(async (from, index) => {
          await send(harness.inRoom({ id: `h${index}`, from, text: 'owner' }));
          return performance.now() - began;
        }),
      );
      expect(Math.max(...took)).toBeLessThan(2900);
      open();
      await waitUntil('all calls', () => receiver.calls.length === 3);
      expect(receiver.calls.map(({ path }) => path)).toEqual(['/any', '/any', '/any']);
      expect(lines.filter(({ msg }) => /look-up|查询/u.test(msg))).toHaveLength(1);
    });
  });
}
