import type { Bilingual } from '../../core/language.js';
import type { FetchErrorCode } from '../files/fetch-error.js';

const hints: Readonly<Record<FetchErrorCode, Bilingual>> = {
  'file-url-invalid': {
    en: 'A file of the reply was not fetched: `url` has to be an http or https address.',
    zh: '未获取回复中的文件：`url` 须为 http 或 https 地址。',
  },
  'file-address-refused': {
    en: "A file of the reply was not fetched: its address is neither public nor the receiver's own. If it is meant, list it in `reply.fetch.allow`.",
    zh: '未获取回复中的文件：其地址既非公网，也不是接收端自身。如确需获取，请写入 `reply.fetch.allow`。',
  },
  'file-address-forbidden': {
    en: 'A file of the reply was not fetched: nothing is fetched from link-local and cloud metadata addresses. Let the receiver name another one, or send the file as `base64`.',
    zh: '未获取回复中的文件：不从链路本地地址和云元数据地址获取文件。请让接收端给出其他地址，或以 `base64` 发送文件。',
  },
  'file-redirects': {
    en: 'A file of the reply could not be fetched: its address is redirected too often. Let the receiver name the final one.',
    zh: '无法获取回复中的文件：其地址重定向次数过多。请让接收端给出最终地址。',
  },
  'file-too-large': {
    en: 'A file of the reply was not fetched: it is over 25 MB. Send a link instead.',
    zh: '未获取回复中的文件：超过 25 MB。请改为发送链接。',
  },
  'file-timeout': {
    en: 'A file of the reply could not be fetched in time: look at the server that has it.',
    zh: '未能及时获取回复中的文件：请检查文件所在的服务器。',
  },
  'file-unavailable': {
    en: "A file of the reply could not be fetched: does its address open from the bot's machine, and without a login?",
    zh: '无法获取回复中的文件：在机器人所在的机器上，能否不登录就打开其地址？',
  },
};

/**
 * What to do about a file that could not be fetched; `undefined` for other reasons. Journals may
 * hold such reasons with `say-failed: ` before them.
 */
export function fileHint(reason: string): Bilingual | undefined {
  const code = reason.replace(/^say-failed: /u, '');
  return Object.hasOwn(hints, code) ? hints[code as FetchErrorCode] : undefined;
}
