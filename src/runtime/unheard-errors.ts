import type { WechatyInterface } from 'wechaty/impls';
import type { Clock } from '../core/clock.js';
import type { Bilingual } from '../core/language.js';
import type { Logger } from '../core/logger.js';
import { createOnceAMinute } from '../core/once-a-minute.js';
import { insideTask } from '../core/task-scope.js';
import { puppetName } from '../events/bot-identity.js';

/** What is needed to tell errors. */
export interface UnheardErrorsParts {
  readonly logger: Logger;
  readonly clock: Pick<Clock, 'now'>;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Ours for `error`: the one that tells them, and the one that hears events. */
const ownErrorListeners = 2;

/**
 * With our listeners Node no longer ends the process for an error that nobody hears. Where nobody
 * else does, it must at least be seen: a wrong token would be a bot that is silent for no reason.
 * The same one again and again is told once a minute.
 */
export function tellUnheardErrors(
  bot: WechatyInterface,
  { logger, clock, env }: UnheardErrorsParts,
): (error: Error) => void {
  const listeners = bot as unknown as { listenerCount(name: string): number };
  let onceAMinute = createOnceAMinute(clock);
  let last = '';
  let isHinted = false;
  return (error) => {
    if (insideTask() || listeners.listenerCount('error') > ownErrorListeners) return;
    const [line = ''] = error.message.split('\n', 1);
    const text = line.slice(0, 300);
    // One kind is remembered: errors may be of any number of kinds.
    if (text !== last) onceAMinute = createOnceAMinute(clock);
    last = text;
    onceAMinute(text, (more) => {
      logger.error(
        { en: `The bot reports an error: ${text}`, zh: `机器人报告错误：${text}` },
        { more },
      );
    });
    if (isHinted || !isDefaultPuppet(bot, env)) return;
    isHinted = true;
    logger.warn(noPuppet);
  };
}

/** Whether the bot has what Wechaty takes where nobody chooses; whether somebody did is not told. */
function isDefaultPuppet(bot: WechatyInterface, env: UnheardErrorsParts['env']): boolean {
  return !env['WECHATY_PUPPET'] && /wechat4u/iu.test(puppetName(bot));
}

const noPuppet: Bilingual = {
  en: 'Where no puppet is chosen, Wechaty takes wechaty-puppet-wechat4u (the web protocol, which few accounts may use). Choose one by WECHATY_PUPPET=… (and its token) in the environment, or by WechatyBuilder.build({ puppet: … }).',
  zh: '没有选择 puppet 时，Wechaty 使用 wechaty-puppet-wechat4u（网页协议，仅少数账号可用）。请用环境变量 WECHATY_PUPPET=…（及其 token）或 WechatyBuilder.build({ puppet: … }) 选择。',
};
