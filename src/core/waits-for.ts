import type { Bilingual } from './language.js';
import type { TaskRecord } from './task.js';

/** For what a task waits. Times are in ms since 1970, and have not passed. */
export type WaitsFor =
  /** This one comes before it in its order. */
  | { readonly kind: 'task'; readonly task: string }
  /** Its bot is not logged in at the program that was asked. */
  | { readonly kind: 'bot' }
  /** Its receiver rests after failures: it is not called before `until`. */
  | { readonly kind: 'receiver'; readonly origin: string; readonly until: number }
  /** Its receiver was called as often as its `rate` allows. */
  | { readonly kind: 'rate'; readonly origin: string; readonly until: number }
  /** Its receiver has as many calls at the same time as it may have. */
  | { readonly kind: 'room'; readonly origin: string; readonly until: number }
  /** A call, or saying the answer, failed and is tried again at `at`. */
  | { readonly kind: 'retry'; readonly at: number }
  /** Nothing: it is run as soon as the program comes to it. */
  | { readonly kind: 'turn' }
  /** No program runs the bot. */
  | { readonly kind: 'program' };

/** Tells of those among these tasks that wait for what, by id, as far as it is known. */
export type WhyWaiting = (records: readonly TaskRecord[]) => Promise<ReadonlyMap<string, WaitsFor>>;

/** Says it to people; `time` writes a moment. */
export function waitsForText(waitsFor: WaitsFor, time: (at: number) => string): Bilingual {
  switch (waitsFor.kind) {
    case 'task':
      return { en: `behind task ${waitsFor.task}`, zh: `排在任务 ${waitsFor.task} 之后` };
    case 'bot':
      return { en: 'its bot is not logged in here', zh: '其机器人未在此登录' };
    case 'retry':
      return { en: `again at ${time(waitsFor.at)}`, zh: `将于 ${time(waitsFor.at)} 重试` };
    case 'turn':
      return { en: 'about to be run', zh: '即将执行' };
    case 'program':
      return { en: 'the bot is not running', zh: '机器人程序未运行' };
    case 'receiver':
    case 'rate':
    case 'room':
    default:
      return receiverText(waitsFor.kind, waitsFor.origin, time(waitsFor.until));
  }
}

function receiverText(
  kind: 'receiver' | 'rate' | 'room',
  origin: string,
  until: string,
): Bilingual {
  const texts: Readonly<Record<typeof kind, Bilingual>> = {
    receiver: { en: `${origin} rests until ${until}`, zh: `${origin} 暂停至 ${until}` },
    rate: {
      en: `rate limit of ${origin} until ${until}`,
      zh: `${origin} 的频率上限，至 ${until}`,
    },
    room: {
      en: `${origin} has all the calls it may have at a time, again at ${until}`,
      zh: `${origin} 的同时调用数已达上限，将于 ${until} 再试`,
    },
  };
  return texts[kind];
}
