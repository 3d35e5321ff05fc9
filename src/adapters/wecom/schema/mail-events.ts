import { defineChanges } from './definition.js';
import { integer, word } from './fields.js';

/** Mailboxes (邮件). Source: WeCom D97495, D100180. */
export const mailEvents = [
  ...defineChanges(
    'app_email_change',
    { receive_email: { en: 'The app’s mailbox got mail', zh: '应用邮箱收到邮件' } },
    { Amount: integer },
  ),
  ...defineChanges(
    'public_email_change',
    { receive_email: { en: 'A public mailbox got mail', zh: '公共邮箱收到邮件' } },
    { Id: word.optional(), Amount: integer },
  ),
] as const;
