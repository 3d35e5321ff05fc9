import { CallbackError } from '../core/errors.js';

/** What every call to a store that was closed comes to: code `store-closed`. */
export function storeClosed(): CallbackError {
  return new CallbackError('store-closed', {
    text: {
      en: 'The store of cooldowns and limits is closed. Open a new one.',
      zh: '冷却与限额的存储已关闭。请重新打开。',
    },
  });
}
