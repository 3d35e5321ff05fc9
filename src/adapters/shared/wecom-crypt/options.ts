import { CallbackError } from '../../../core/errors.js';
import type { Bilingual } from '../../../core/language.js';

/** What the admin console shows beside a callback URL, and whom the messages are for. */
export interface WeComCryptOptions {
  /** Token: letters and digits, at most 32. Signs. */
  readonly token: string;
  /** EncodingAESKey: exactly 43 letters and digits. Encrypts. */
  readonly encodingAesKey: string;
  /** The CorpID for a self-built app; `""` for an AI bot, and then it must be empty. */
  readonly receiveId: string;
}

/**
 * Throws CallbackError `wecom-options-invalid` for a value that WeCom's console cannot have given.
 * The text names the option and the rule, never the value.
 *
 * Source: WeCom D90930 (the form of Token and EncodingAESKey), D101033 (the empty receiveId).
 */
export function checkCryptOptions({ token, encodingAesKey, receiveId }: WeComCryptOptions): void {
  if (!isText(token) || !/^[A-Za-z0-9]{1,32}$/u.test(token)) {
    throw invalid({
      en: `token: 1 to 32 letters and digits are needed, as the WeCom admin console shows them (${found(token)}).`,
      zh: `token：应为 1 到 32 位字母或数字，请照企业微信管理后台填写（${foundZh(token)}）。`,
    });
  }
  // Decoders of base64 skip what they do not know, so a pasted space or `=` must be seen here.
  if (!isText(encodingAesKey) || !/^[A-Za-z0-9]{43}$/u.test(encodingAesKey)) {
    throw invalid({
      en: `encodingAesKey: exactly 43 letters and digits are needed, without spaces and without "=", as the WeCom admin console shows them (${found(encodingAesKey)}).`,
      zh: `encodingAesKey：应正好为 43 位字母或数字，不含空格和“=”，请照企业微信管理后台填写（${foundZh(encodingAesKey)}）。`,
    });
  }
  if (!isText(receiveId) || /\s/u.test(receiveId)) {
    throw invalid({
      en: 'receiveId: the CorpID is needed, without spaces; an AI bot takes the empty text "".',
      zh: 'receiveId：应填写企业 ID（CorpID），不含空格；智能机器人填空字符串 ""。',
    });
  }
}

/** The options come from a file or from JavaScript: the types alone promise nothing. */
function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function found(value: unknown): string {
  if (!isText(value)) return 'it is missing or no text';
  return /^[A-Za-z0-9]*$/u.test(value)
    ? `it has ${value.length} characters`
    : `it has ${value.length} characters, some of them no letter or digit`;
}

function foundZh(value: unknown): string {
  if (!isText(value)) return '现在缺失或不是字符串';
  return /^[A-Za-z0-9]*$/u.test(value)
    ? `现在是 ${value.length} 个字符`
    : `现在是 ${value.length} 个字符，其中有字母数字以外的字符`;
}

function invalid(text: Bilingual): CallbackError {
  return new CallbackError('wecom-options-invalid', { text });
}
