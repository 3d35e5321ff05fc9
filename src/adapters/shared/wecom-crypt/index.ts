export { answerUrlCheck, orUnreadable, sentAt, signedOf } from './callback.js';
export { type Ciphertext, findCiphertext } from './find-ciphertext.js';
export type { WeComCryptOptions } from './options.js';
export { WeComRefusal } from './refusal.js';
export type { Signed } from './signature.js';
export { createWeComCrypt, type Sealed, type WeComCrypt } from './wecom-crypt.js';
