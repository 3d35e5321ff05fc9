import { CallbackError } from '../../core/errors.js';
import type { Bilingual } from '../../core/language.js';

/** Why a file could not be fetched. */
export type FetchErrorCode =
  | 'file-url-invalid'
  | 'file-address-refused'
  | 'file-redirects'
  | 'file-too-large'
  | 'file-timeout'
  | 'file-unavailable';

const texts: Readonly<Record<FetchErrorCode, (where: string) => Bilingual>> = {
  'file-url-invalid': () => ({
    en: 'The address of a file in a response is no http(s) URL.',
    zh: '响应中的文件地址不是有效的 http(s) URL。',
  }),
  'file-address-refused': (where) => ({
    en: `The file at ${where} is not fetched: its address is neither public nor the receiver's own. If it is meant, list it in \`reply.fetch.allow\`.`,
    zh: `不获取 ${where} 上的文件：其地址既非公网，也不是接收端自身。如确需获取，请写入 \`reply.fetch.allow\`。`,
  }),
  'file-redirects': (where) => ({
    en: `The file at ${where} is redirected too often.`,
    zh: `${where} 上的文件重定向次数过多。`,
  }),
  'file-too-large': (where) => ({
    en: `The file at ${where} is too large (25 MB at most).`,
    zh: `${where} 上的文件过大（最多 25 MB）。`,
  }),
  'file-timeout': (where) => ({
    en: `The file at ${where} took too long to fetch.`,
    zh: `获取 ${where} 上的文件超时。`,
  }),
  'file-unavailable': (where) => ({
    en: `The file at ${where} could not be fetched.`,
    zh: `无法获取 ${where} 上的文件。`,
  }),
};

/** An error of fetching. Names the host alone: paths and queries may hold keys. */
export function fetchError(code: FetchErrorCode, url?: URL, cause?: unknown): CallbackError {
  const text = texts[code](url?.host ?? '');
  return new CallbackError(code, cause === undefined ? { text } : { text, cause });
}
