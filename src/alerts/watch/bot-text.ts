import { textOf } from '../../core/errors.js';
import type { Bilingual } from '../../core/language.js';

/** Why a bot is offline, as far as it is known. */
export type OfflineReason = 'no-login' | 'logout' | 'error' | 'scan';

/** What is known of a bot that is offline. */
export interface OfflineBot {
  /** As people know it. */
  readonly bot: string;
  readonly error?: unknown;
  readonly qrcode?: string | undefined;
}

/** The page of Wechaty that draws a QR code. */
export function qrcodeUrl(qrcode: string): string {
  return `https://wechaty.js.org/qrcode/${encodeURIComponent(qrcode)}`;
}

/** What is said of a bot that is logged in again. */
export function backText(bot: string): Bilingual {
  return { en: `The bot ${bot} is logged in again.`, zh: `机器人 ${bot} 已重新登录。` };
}

const deaf: Bilingual = {
  en: 'It hears and answers nobody until then.',
  zh: '在此之前收不到消息，也无法回复。',
};

/** What is said of a bot that is offline, and what to do. */
export function offlineText(reason: OfflineReason, offline: OfflineBot): Bilingual {
  const { bot, error, qrcode = '' } = offline;
  switch (reason) {
    case 'scan':
      return {
        en: `The bot ${bot} wants to be scanned: open ${qrcodeUrl(qrcode)} and scan the QR code with the phone of its account. ${deaf.en} The code holds: ${qrcode}`,
        zh: `机器人 ${bot} 需要扫码登录：打开 ${qrcodeUrl(qrcode)} ，用该账号的手机扫描二维码。${deaf.zh}二维码内容：${qrcode}`,
      };
    case 'logout':
      return {
        en: `The bot ${bot} is logged out: log it in again. ${deaf.en}`,
        zh: `机器人 ${bot} 已退出登录：请重新登录。${deaf.zh}`,
      };
    case 'error':
      return {
        en: `The bot ${bot} is not logged in and reports an error (${textOf(error).en}): look at its log. ${deaf.en}`,
        zh: `机器人 ${bot} 未登录，并报告错误（${textOf(error).zh}）：请查看日志。${deaf.zh}`,
      };
    case 'no-login':
    default:
      return {
        en: `The bot ${bot} has not logged in since its start: look at its log. ${deaf.en}`,
        zh: `机器人 ${bot} 启动后一直未登录：请查看日志。${deaf.zh}`,
      };
  }
}
