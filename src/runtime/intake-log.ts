import type { Match } from '../core/decision.js';
import { textOf } from '../core/errors.js';
import type { BotEvent, EventHead } from '../core/event.js';
import type { Accepted } from '../core/journal.js';
import type { Bilingual } from '../core/language.js';
import type { Logger } from '../core/logger.js';
import type { Budget } from '../core/store.js';
import { restOverText, restText } from './loop-text.js';
import { seenFields } from './seen-fields.js';

/** What the operator reads of events: which rules took them, and why the others stayed silent. */
export interface IntakeLog {
  accepted(event: BotEvent, matches: readonly Match[], accepted: readonly Accepted[]): void;
  /** At level `debug` only: what rules see of an event, without a word of it. */
  saw(event: BotEvent): void;
  /** At level `debug` only: most messages are none of ours. */
  unmatched(head: EventHead): void;
  tooOld(event: BotEvent, ageMs: number): void;
  paused(rule: string): void;
  silenced(event: BotEvent, rule: string, by: 'cooldown' | 'limit'): void;
  /** A talker rests in a chat: `loopLimit` is exceeded. Once for each rest. */
  rests(event: BotEvent, limit: Budget): void;
  restOver(event: BotEvent): void;
  /** A limit's notice could not be said. */
  notSaid(event: BotEvent, error: unknown): void;
  failed(eventName: string, error: unknown): void;
}

/** Writes the lines; never a word of a message. `explainCommand` is what to type for the reasons. */
export function intakeLog(logger: Logger, explainCommand: string): IntakeLog {
  return {
    ...passedBy(logger, explainCommand),
    accepted: (event, matches, accepted) => {
      accepted.forEach(({ id, kind }, index) => {
        const rule = matches[index]?.rule.name ?? '';
        const text = kind === 'known' ? duplicate(event, rule) : matched(event, rule);
        logger.info(text, {
          rule,
          task: id,
          user: event.user.id,
          conversation: event.conversation?.id,
        });
      });
    },
    rests: (event, limit) => logger.warn(restText(event, limit), placeOf(event)),
    restOver: (event) => logger.info(restOverText(event), placeOf(event)),
    notSaid: (event, error) => {
      const text = textOf(error);
      logger.warn(
        { en: `A notice could not be said: ${text.en}`, zh: `无法发出提示：${text.zh}` },
        { conversation: event.conversation?.id },
      );
    },
    failed: (eventName, error) => {
      const text = textOf(error);
      logger.error({
        en: `A ${eventName} could not be kept: ${text.en}`,
        zh: `无法保存一条${nameInChinese(eventName)}：${text.zh}`,
      });
    },
  };
}

type PassedBy = Pick<IntakeLog, 'saw' | 'unmatched' | 'tooOld' | 'paused' | 'silenced'>;

/** Why an event makes no task. */
function passedBy(logger: Logger, explainCommand: string): PassedBy {
  return {
    saw: (event) => {
      logger.debug(
        { en: `Read a ${event.name}.`, zh: `已读取一条${nameInChinese(event.name)}。` },
        { ...placeOf(event), ...seenFields(event) },
      );
    },
    unmatched: ({ name, text, quoted }) => {
      logger.debug(
        {
          en: `No rule matches a ${name}; \`${explainCommand}\` says why.`,
          zh: `没有规则命中一条${nameInChinese(name)}；原因可用 ${explainCommand} 查看。`,
        },
        { words: text?.length, quoted: quoted?.length },
      );
    },
    tooOld: (event, ageMs) => {
      const seconds = Math.round(ageMs / 1000);
      logger.info(
        {
          en: `Ignored a message that is ${seconds} s old (maxAge; bots replay history after a start).`,
          zh: `忽略 ${seconds} 秒前的旧消息（maxAge；机器人重启后会重放历史消息）。`,
        },
        { event: event.id },
      );
    },
    paused: (rule) => {
      logger.info({
        en: `Rule "${rule}" matches but rests: its receiver answered 410 Gone. Change the rules to wake it.`,
        zh: `命中规则“${rule}”，但它已暂停：接收端返回 410。修改规则文件即可恢复。`,
      });
    },
    silenced: (event, rule, by) => {
      logger.info(
        {
          en: `Rule "${rule}" matches but its ${by} keeps it silent.`,
          zh: `命中规则“${rule}”，但受 ${by === 'cooldown' ? '冷却时间' : '次数限制'}限制，不触发。`,
        },
        placeOf(event),
      );
    },
  };
}

function placeOf({ user, conversation }: BotEvent) {
  return { user: user.id, conversation: conversation?.id };
}

function matched(event: BotEvent, rule: string): Bilingual {
  return {
    en: `Rule "${rule}" matches a ${event.name}.`,
    zh: `${nameInChinese(event.name)}命中规则“${rule}”。`,
  };
}

function duplicate(event: BotEvent, rule: string): Bilingual {
  return {
    en: `Rule "${rule}" had this ${event.name} already (a duplicate).`,
    zh: `规则“${rule}”已处理过这条${nameInChinese(event.name)}（重复）。`,
  };
}

const chineseNames: Readonly<Record<string, string>> = {
  message: '消息',
  'room-join': '入群事件',
  'room-leave': '退群事件',
  'room-topic': '群改名事件',
  'room-invite': '入群邀请',
  friendship: '好友事件',
  login: '登录事件',
  logout: '登出事件',
  error: '错误事件',
};

function nameInChinese(eventName: string): string {
  return chineseNames[eventName] ?? `事件 ${eventName} `;
}
