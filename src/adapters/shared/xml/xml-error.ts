import { CallbackError } from '../../../core/errors.js';
import type { Bilingual } from '../../../core/language.js';

/** A text that the reader does not take. It names the place, never what stands there. */
export class XmlError extends CallbackError {
  override readonly name = 'XmlError';
  /** In UTF-16 code units from the start. */
  readonly offset: number;

  constructor(offset: number, text: Bilingual) {
    super('xml-invalid', {
      text: {
        en: `The XML cannot be read at character ${offset}: ${text.en}.`,
        zh: `XML 在第 ${offset} 个字符处无法读取：${text.zh}。`,
      },
    });
    this.offset = offset;
  }
}
