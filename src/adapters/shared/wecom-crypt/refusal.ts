import { CallbackError } from '../../../core/errors.js';
import type { Bilingual } from '../../../core/language.js';

/** Why a callback was refused, in the numbers of WXBizMsgCrypt. Source: WeCom, id=10128. */
export type WeComErrcode = -40001 | -40002 | -40005 | -40007 | -40008 | -40010;

const reasons: Readonly<Record<WeComErrcode, Bilingual>> = {
  [-40001]: { en: 'the signature does not fit the Token', zh: '签名与 Token 不符' },
  [-40002]: {
    en: 'the body is no XML or JSON that WeCom sends',
    zh: '正文不是企业微信的 XML 或 JSON',
  },
  [-40005]: {
    en: 'it was encrypted for another receiver (receiveId)',
    zh: '接收方（receiveId）不符',
  },
  [-40007]: { en: 'the ciphertext has an impossible length', zh: '密文长度不对' },
  [-40008]: {
    en: 'what was decrypted is damaged, or the EncodingAESKey is another one',
    zh: '解密后的内容损坏，或 EncodingAESKey 不符',
  },
  [-40010]: { en: 'the ciphertext is no base64', zh: '密文不是 base64' },
};

/**
 * A request that is no genuine callback of WeCom's.
 *
 * To the outside every one is the same, code and text: with a constant IV and no authentication of
 * the ciphertext, an answer that tells bad padding from a bad id would be a padding oracle.
 * `errcode` and `reason` are for the log alone.
 */
export class WeComRefusal extends CallbackError {
  override readonly name = 'WeComRefusal';
  readonly errcode: WeComErrcode;

  /** @param cause an error that names no content of the request */
  constructor(errcode: WeComErrcode, cause?: unknown) {
    super('wecom-callback-refused', {
      ...(cause === undefined ? {} : { cause }),
      text: {
        en: "A WeCom callback was refused: it is not sealed with this receiver's Token and EncodingAESKey. If real messages are missing, compare both with the WeCom admin console.",
        zh: '已拒绝一次企业微信回调：它不是用此处配置的 Token 和 EncodingAESKey 签名加密的。若真实消息收不到，请与企业微信管理后台核对这两项。',
      },
    });
    this.errcode = errcode;
  }

  /** What was wrong, for the log; holds nothing of the request. */
  get reason(): Bilingual {
    return reasons[this.errcode];
  }
}
