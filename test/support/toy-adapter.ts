import { createHmac, timingSafeEqual } from 'node:crypto';
import { types } from 'wechaty-puppet';
import { createDuplicates } from '../../src/adapters/shared/duplicates.js';
import type { PostedArrival } from '../../src/adapters/shared/webhook.js';
import { received, type WebhookAnswer } from '../../src/adapters/shared/webhook-answer.js';
import { WebhookPuppet } from '../../src/adapters/shared/webhook-puppet.js';
import { WebhookRefusal } from '../../src/adapters/shared/webhook-refusal.js';
import { silentLogger } from '../../src/core/logger.js';

/** What the toy platform posts. */
export interface ToyDocument {
  readonly id: string;
  readonly type: string;
  readonly from: string;
  readonly text: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** The name of the header with the signature: HMAC-SHA256 of the body, in hex. */
export const toySignatureHeader = 'x-toy-signature';
const toySecret = 'toy-secret';

export function toySignature(body: string | Buffer): string {
  return createHmac('sha256', toySecret).update(body).digest('hex');
}

/** How a toy is made. */
export interface ToyOptions {
  /** Where its platform is called. */
  readonly apiUrl: string;
  readonly repeats: boolean;
}

/** The smallest adapter there can be: signed JSON in, texts out. */
export class ToyPuppet extends WebhookPuppet {
  readonly #apiUrl: string;
  readonly #duplicates = createDuplicates<WebhookAnswer>();

  constructor({ apiUrl, repeats }: ToyOptions) {
    super({
      name: 'toy',
      platform: 'toy',
      path: '/toy',
      capabilities: { rooms: false, mention: false, quote: false, tags: false },
      textLimit: { unit: 'characters', max: 1000 },
      repeats,
      logger: silentLogger,
    });
    this.#apiUrl = apiUrl;
    this.offer<Buffer, ToyDocument>({
      verify,
      parse: (body) => JSON.parse(body.toString('utf8')) as ToyDocument,
      keep: (document) =>
        this.#duplicates.once(document.id, async () => await this.#keep(document)),
    });
  }

  async #keep({ id, type, from, text, at }: ToyDocument): Promise<WebhookAnswer | undefined> {
    const acceptance =
      type === 'text'
        ? await this.emitMessage(
            {
              id,
              type: types.Message.Text,
              talkerId: from,
              listenerId: 'toy',
              text,
              timestamp: at,
            },
            undefined,
          )
        : await this.emitPlatform({ id, name: `toy:${type}`, variables: {}, raw: '{}' });
    return acceptance.kind === 'failed' ? undefined : received;
  }

  override async messageSendText(conversationId: string, text: string): Promise<void> {
    const body = JSON.stringify({ to: conversationId, text });
    await fetch(this.#apiUrl, { method: 'POST', body });
  }
}

function verify({ request, body }: PostedArrival): Buffer {
  const given = request.headers.get(toySignatureHeader);
  if (given === null) throw new WebhookRefusal('malformed');
  const expected = toySignature(body);
  const isGenuine =
    given.length === expected.length && timingSafeEqual(Buffer.from(given), Buffer.from(expected));
  if (!isGenuine) throw new WebhookRefusal('signature');
  return body;
}
