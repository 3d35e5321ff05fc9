import { describe, expect, test } from 'vitest';
import { checkOptions } from '../../../../src/adapters/shared/check-options.js';
import { PuppetWildfire } from '../../../../src/adapters/wildfire/index.js';
import {
  type WildfireOptions,
  wildfireOptionsSchema,
} from '../../../../src/adapters/wildfire/options.js';
import { CallbackError } from '../../../../src/core/errors.js';
import type { Bilingual } from '../../../../src/core/language.js';
import { silentLogger } from '../../../../src/core/logger.js';
import { puppetExtras } from '../../../../src/core/puppet-extras.js';

const robot = { id: 'FireRobot', secret: 'top-secret' };
const good: WildfireOptions = { server: 'http://127.0.0.1', robot };
const admin = { secret: 'top-secret' };

function faultOf(options: unknown): Bilingual {
  try {
    checkOptions('wildfire', wildfireOptionsSchema, options);
  } catch (error) {
    if (error instanceof CallbackError) return error.text;
    throw error;
  }
  throw new Error('the options are good');
}

describe('good options', () => {
  test('a robot needs its server, its id and its secret', () => {
    expect(checkOptions('wildfire', wildfireOptionsSchema, good)).toEqual({
      ...good,
      path: '/wildfire',
      legacyStatus: false,
      hearRobots: false,
      orderWindowMs: 50,
    });
  });

  test('a user needs the admin API, which has a usual address', () => {
    const checked = checkOptions('wildfire', wildfireOptionsSchema, { user: { id: 'bob' }, admin });
    expect(checked.admin).toEqual({ server: 'http://127.0.0.1:18080', secret: 'top-secret' });
  });

  test('the bot logs in under the id that others mention', async () => {
    const puppet = new PuppetWildfire(good, { logger: silentLogger });
    await puppet.start();
    expect(puppet.currentUserId).toBe('FireRobot');
    expect(puppetExtras(puppet).webhook?.path).toBe('/wildfire');
    await puppet.stop();
  });

  test('callbacks that anybody could invent are warned of', () => {
    const warned: Bilingual[] = [];
    const logger = { ...silentLogger, warn: (text: Bilingual) => void warned.push(text) };
    const callbackSecret = 'nobody-can-guess-this';
    expect(new PuppetWildfire({ ...good, callbackSecret }, { logger }).path).toBe('/wildfire');
    expect(new PuppetWildfire({ ...good, allow: '10.0.0.0/8' }, { logger }).path).toBe('/wildfire');
    expect(warned).toEqual([]);
    expect(new PuppetWildfire(good, { logger }).path).toBe('/wildfire');
    expect(warned[0]?.zh).toContain('callbackSecret');
    expect(warned[0]?.en).toContain('`callbackSecret` or `allow`');
  });
});

describe('bad options', () => {
  test.each<[string, unknown, string, RegExp]>([
    ['nobody', { server: 'http://a' }, 'robot', /one of robot, channel and user/u],
    ['two', { ...good, channel: robot }, 'robot', /one of robot, channel and user/u],
    ['a robot without a server', { robot }, 'server', /address/u],
    ['a user without a voice', { user: { id: 'bob' } }, 'admin', /admin API/u],
    ['an address that is none', { ...good, server: 'im.example' }, 'server', /http:\/\//u],
    ['an address with a query', { ...good, server: 'http://a/?b' }, 'server', /http:\/\//u],
    ['a short secret', { ...good, callbackSecret: 'short' }, 'callbackSecret', /16 to 128/u],
    ['a long window', { ...good, orderWindowMs: 5000 }, 'orderWindowMs', /0 to 1000/u],
    ['an unknown key', { ...good, sercet: 'x' }, 'sercet', /unknown/u],
    ['an id with spaces', { ...good, robot: { id: 'a b', secret: 'x' } }, 'robot.id', /spaces/u],
    ['no object', null, 'options', /another value/u],
  ])('%s: the option and the rule are named, in both languages', (_name, options, option, rule) => {
    const { en, zh } = faultOf(options);
    expect(en).toContain(option);
    expect(en).toMatch(rule);
    expect(zh).toContain(option);
    expect(zh).toMatch(/[\u4E00-\u9FFF]/u);
  });

  test('no value is shown, because most are secrets', () => {
    const { en, zh } = faultOf({
      ...good,
      callbackSecret: 'top-secret',
      robot: { secret: 'top-secret' },
    });
    expect(en + zh).not.toContain('top-secret');
  });
});
