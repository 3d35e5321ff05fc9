import { CallbackError } from '../../core/errors.js';
import type { Bilingual } from '../../core/language.js';

/** Why a file could not be fetched. */
export type FetchErrorCode =
  | 'file-url-invalid'
  /** Neither public nor the receiver's own, and not listed. */
  | 'file-address-refused'
  /** Link-local, or where a cloud keeps credentials. */
  | 'file-address-forbidden'
  | 'file-redirects'
  | 'file-too-large'
  | 'file-timeout'
  | 'file-unavailable';

/** What came in the way. */
export interface FetchTrouble {
  readonly cause?: unknown;
  /** A status or an error code, for people. Never a word of a URL or a body. */
  readonly why?: string;
}

const texts: Readonly<Record<FetchErrorCode, (where: string, why?: string) => Bilingual>> = {
  'file-url-invalid': () => ({
    en: 'The address of a file in a response is no http(s) URL.',
    zh: '响应中的文件地址不是有效的 http(s) URL。',
  }),
  'file-address-refused': (where) => ({
    en: `The file at ${where} is not fetched: its address is neither public nor the receiver's own. If it is meant, list it in \`reply.fetch.allow\`.`,
    zh: `不获取 ${where} 上的文件：其地址既非公网，也不是接收端自身。如确需获取，请写入 \`reply.fetch.allow\`。`,
  }),
  'file-address-forbidden': (where) => ({
    en: `The file at ${where} is not fetched: that is a link-local or cloud metadata address.`,
    zh: `不获取 ${where} 上的文件：该地址为链路本地地址或云元数据地址。`,
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
  'file-unavailable': (where, why) => ({
    en: `The file at ${where} could not be fetched${why === undefined ? '' : ` (${why})`}.`,
    zh: `无法获取 ${where} 上的文件${why === undefined ? '' : `（${why}）`}。`,
  }),
};

/** True for the codes of errors that are about fetching a file. */
export function isFetchErrorCode(code: string): code is FetchErrorCode {
  return Object.hasOwn(texts, code);
}

/** An error of fetching. Names the host alone: paths and queries may hold keys. */
export function fetchError(
  code: FetchErrorCode,
  url?: URL,
  trouble: FetchTrouble = {},
): CallbackError {
  const text = texts[code](url?.host ?? '', trouble.why);
  return new CallbackError(code, 'cause' in trouble ? { text, cause: trouble.cause } : { text });
}
