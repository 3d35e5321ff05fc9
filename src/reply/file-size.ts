import { CallbackError, isCallbackError } from '../core/errors.js';
import type { Bilingual } from '../core/language.js';
import type { Capabilities } from '../core/puppet-extras.js';

const code = 'file-size-unsupported';

/** @throws CallbackError `file-size-unsupported` for a file of a size that the platform does not take */
export function checkFileSize(bytes: number, { fileBytes }: Partial<Capabilities> = {}): void {
  if (fileBytes === undefined || (bytes >= fileBytes.min && bytes <= fileBytes.max)) return;
  throw new CallbackError(code, {
    text: bytes < fileBytes.min ? tooSmall(bytes, fileBytes.min) : tooLarge(bytes, fileBytes.max),
  });
}

/** True for what `checkFileSize` throws. */
export function isFileSizeError(error: unknown): error is CallbackError {
  return isCallbackError(error) && error.code === code;
}

function tooSmall(bytes: number, min: number): Bilingual {
  return {
    en: `The file has ${bytes} bytes; the platform takes none of less than ${min}.`,
    zh: `文件为 ${bytes} 字节；平台不接受小于 ${min} 字节的文件。`,
  };
}

function tooLarge(bytes: number, max: number): Bilingual {
  return {
    en: `The file has ${bytes} bytes; the platform takes none of more than ${max}.`,
    zh: `文件为 ${bytes} 字节；平台不接受大于 ${max} 字节的文件。`,
  };
}
