import { type NodeListener, nodeListener } from './server/node-listener.js';
import { webhookOf } from './webhook-of.js';

/**
 * The webhook of an adapter for a server of yours that takes Node's requests. Mount it before
 * anything that reads bodies: signatures cover bytes.
 *
 * @throws CallbackError `no-webhook` for a puppet that is no adapter of this package
 * @example
 * const app = express();
 * app.use('/wecom', webhookListener(puppet));
 * app.use(express.json());
 */
export function webhookListener(puppet: object): NodeListener {
  const webhook = webhookOf(puppet);
  return nodeListener((request) => webhook.handle(request));
}
