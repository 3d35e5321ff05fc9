import { randomUUID } from 'node:crypto';
import type { WechatyInterface } from 'wechaty/impls';
import type { Clock } from '../../core/clock.js';
import type { Bilingual } from '../../core/language.js';
import type { PuppetExtras } from '../../core/puppet-extras.js';
import { redactText } from '../../core/redact.js';
import { beginningOf } from '../../core/remembered.js';

/** What is noted of one bot, for who looks at the console. */
export interface BotNotes {
  cameOnline(id: string, name: string): void;
  wentOffline(): void;
  heard(): void;
  /** An `error` event; the first line of its message is shown. */
  troubled(error: Error): void;
  /** The puppet it uses now. */
  uses(platform: string, extras: PuppetExtras): void;
  /** It is not attached any more. */
  left(): void;
}

/** A bot as it is noted. */
export interface NotedBot {
  readonly key: string;
  readonly bot: WechatyInterface;
  id?: string;
  name?: string;
  platform: string;
  extras: PuppetExtras;
  online: boolean;
  /** Of the last coming or going, in ms since 1970. */
  since?: number;
  lastEventAt?: number;
  /** Newest first. */
  errors: readonly { readonly at: number; readonly text: Bilingual }[];
}

/** The bots that are attached. */
export interface BotBoard {
  enter(bot: WechatyInterface): BotNotes;
  list(): readonly NotedBot[];
  /** Told when one came or went. */
  onChange: () => void;
}

const maxErrors = 5;
const maxErrorLength = 300;

/** Nobody is there yet. */
export function createBotBoard(clock: Clock): BotBoard {
  const noted = new Set<NotedBot>();
  const board: BotBoard = {
    onChange: () => {},
    list: () => [...noted],
    enter: (bot) => {
      const mine: NotedBot = {
        key: randomUUID(),
        bot,
        platform: '',
        extras: {},
        online: false,
        errors: [],
      };
      noted.add(mine);
      const turn = (online: boolean) => {
        if (mine.online === online) return;
        mine.online = online;
        mine.since = clock.now();
        board.onChange();
      };
      return {
        cameOnline: (id, name) => {
          mine.id = id;
          if (name !== '') mine.name = name;
          turn(true);
        },
        wentOffline: () => turn(false),
        heard: () => {
          mine.lastEventAt = clock.now();
        },
        troubled: (error) => {
          const [line = ''] = error.message.split('\n', 1);
          // An address in it may carry a token.
          const text = beginningOf(redactText(line), maxErrorLength);
          const entry = { at: clock.now(), text: { en: text, zh: text } };
          mine.errors = [entry, ...mine.errors].slice(0, maxErrors);
        },
        uses: (platform, extras) => {
          mine.platform = platform;
          mine.extras = extras;
        },
        left: () => {
          noted.delete(mine);
          board.onChange();
        },
      };
    },
  };
  return board;
}
