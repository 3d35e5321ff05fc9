import { log, WechatyBuilder } from 'wechaty';
import type { Puppet } from 'wechaty-puppet';
import type { BotEvent, Need } from '../../src/core/event.js';
import { puppetExtras } from '../../src/core/puppet-extras.js';
import { hearBot } from '../../src/events/hear-bot.js';
import { createLookUps } from '../../src/events/look-ups.js';
import type { UnreadEvent } from '../../src/events/unread-event.js';
import type { PlatformRequest } from '../contract/adapter-contract.js';
import { waitUntil } from './wait-until.js';

const everything: ReadonlySet<Need> = new Set(['tags', 'mention', 'roles', 'names']);

/** An event with the text by which its message is screened. */
export interface HeardMessage {
  readonly event: BotEvent;
  readonly headText: string | undefined;
}

/** A real bot whose puppet hears by webhook, and what rules get of it. */
export interface HearingBot {
  /** Posts a request to the webhook; answers the messages of the event `name` that come of it. */
  post(request: PlatformRequest, name?: string): Promise<readonly HeardMessage[]>;
  /** To be called in `afterEach`. */
  stop(): Promise<void>;
}

/** Starts a bot on a puppet of ours. */
export async function startHearing(puppet: Puppet): Promise<HearingBot> {
  log.level('silent');
  const bot = WechatyBuilder.build({ puppet, name: `hearing-${Math.random()}` });
  const heard: UnreadEvent[] = [];
  const stopHearing = hearBot(bot, {
    lookUps: createLookUps(bot),
    now: Date.now,
    handle: (event) => heard.push(event),
  });
  await bot.start();
  return {
    post: async ({ path, headers, body }, name = 'message') => {
      heard.length = 0;
      const init = { method: 'POST', headers, body };
      const request = new Request(`http://bot.test${path}`, init);
      const response = await puppetExtras(puppet).webhook?.handle(request);
      if (response?.status !== 200) throw new Error(`The webhook answered ${response?.status}.`);
      const mine = () => heard.filter(({ head }) => head.name === name);
      await waitUntil('the message', () => mine().length > 0);
      return await Promise.all(
        mine().map(async (event) => ({
          event: await event.read(everything),
          headText: event.head.text,
        })),
      );
    },
    stop: async () => {
      stopHearing();
      await bot.stop();
    },
  };
}
