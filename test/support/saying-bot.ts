import { log, WechatyBuilder } from 'wechaty';
import type { WechatyInterface } from 'wechaty/impls';
import type { Puppet } from 'wechaty-puppet';
import type { Clock } from '../../src/core/clock.js';
import { silentLogger } from '../../src/core/logger.js';
import type { Reply } from '../../src/core/reply.js';
import type { Task, TaskRecord } from '../../src/core/task.js';
import { createSpeaker } from '../../src/reply/create-speaker.js';
import { json } from './receiver.js';
import { type DeliveryWishes, type RunningDelivery, startDelivery } from './running-delivery.js';

/** A real bot on a puppet, with the delivery that has it speak. */
export interface SayingBot {
  readonly bot: WechatyInterface;
  readonly delivery: RunningDelivery;
  /** Has something answered with these replies, in the chat with `to`; answers the task. */
  answer(to: string, ...replies: readonly Reply[]): Promise<Task>;
  /** The same, and waits for its end. */
  answered(to: string, ...replies: readonly Reply[]): Promise<TaskRecord>;
  stop(): Promise<void>;
}

/** Starts one; `stop` it in `afterEach`. */
export async function startSayingBot(
  puppet: Puppet,
  clock: Clock,
  wishes: DeliveryWishes = {},
): Promise<SayingBot> {
  log.level('silent');
  const bot: WechatyInterface = WechatyBuilder.build({ puppet, name: `saying-${Math.random()}` });
  bot.on('error', () => {});
  await bot.start();
  const files = { fetch: () => Promise.reject(new Error('There are no files.')) };
  const delivery = await startDelivery({ clock, ...wishes });
  delivery.online.set('wxid_bot', createSpeaker({ bot, files, logger: silentLogger, clock }));
  const answer: SayingBot['answer'] = async (to, ...replies) => {
    delivery.receiver.behave(json({ success: true, message: '', replies }));
    return await delivery.accept({ conversation: { kind: 'contact', id: to } });
  };
  return {
    bot,
    delivery,
    answer,
    answered: async (...asked) => await delivery.settled(await answer(...asked)),
    stop: async () => {
      await delivery.stop();
      await bot.stop();
    },
  };
}
