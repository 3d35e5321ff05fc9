import { CallbackError } from './core/errors.js';
import { puppetExtras, type Webhook } from './core/puppet-extras.js';

/** The webhook of an adapter. Throws CallbackError `no-webhook` for any other puppet. */
export function webhookOf(puppet: object): Webhook {
  const { webhook } = puppetExtras(puppet);
  if (webhook !== undefined) return webhook;
  throw new CallbackError('no-webhook', {
    text: {
      en: 'This puppet has no webhook: only the adapters of this package have one.',
      zh: '此 puppet 没有回调地址：只有本包的适配器才有。',
    },
  });
}
