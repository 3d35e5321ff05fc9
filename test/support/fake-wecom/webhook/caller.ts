import { randomInt } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { World } from '../world.js';
import { type CallbackKeys, seal } from './envelope.js';
import { takePassiveReply } from './passive-reply.js';
import { writeXml, type XmlValue } from './strict-xml.js';

/** The callback of one app, as it is configured in the admin console (接收消息). */
export interface CallbackConfig extends Omit<CallbackKeys, 'receiveId'> {
  readonly url: string;
  /** Default: the corp id. */
  readonly receiveId?: string;
  /** Default: that of the first app. */
  readonly agentId?: number;
  /** Default: `xml`. */
  readonly format?: 'xml' | 'json';
  /** When a call is cut, in ms. Default: 5,000. */
  readonly timeoutMs?: number;
  /** Between repetitions, in ms: not documented. Default: 0. */
  readonly pauseMs?: number;
}

/** One POST and what came of it. */
export interface Attempt {
  readonly encrypt: string;
  /** Absent: cut, or no connection. */
  readonly status?: number;
  readonly body?: string;
  readonly ms: number;
}

/** What became of one document. */
export interface Delivered {
  readonly attempts: readonly Attempt[];
  readonly isTaken: boolean;
  /** What the platform has to say about a passive reply; absent: nothing wrong. */
  readonly complaint?: string;
}

/** The calling side of the platform. */
export interface WebhookCaller {
  /** What happens when the admin saves the URL: `undefined` when it is accepted, else why not. */
  verifyUrl(): Promise<string | undefined>;
  /** Posts a document; up to three times again while it is not taken. */
  deliver(fields: Readonly<Record<string, XmlValue>>): Promise<Delivered>;
  /** A text that a member says. */
  say(
    from: string,
    content: string,
    fields?: Readonly<Record<string, XmlValue>>,
  ): Promise<Delivered>;
}

const verifyMs = 1000;
const repetitions = 3;

/** Calls a URL like the platform does. */
export function webhookCaller(world: World, config: CallbackConfig): WebhookCaller {
  const { receiveId = world.corpId, agentId = world.apps[0]?.agentId ?? 0 } = config;
  const { format = 'xml', timeoutMs = 5000, pauseMs = 0 } = config;
  const keys = { token: config.token, encodingAesKey: config.encodingAesKey, receiveId };

  const post = async (document: string): Promise<Attempt> => {
    const sealed = seal(keys, document, world.clock.now());
    const url = new URL(config.url);
    url.searchParams.set('msg_signature', sealed.signature);
    url.searchParams.set('timestamp', sealed.timestamp);
    url.searchParams.set('nonce', sealed.nonce);
    const body = envelope(world.corpId, agentId, { format, encrypt: sealed.encrypt });
    const type = format === 'xml' ? 'text/xml' : 'application/json';
    const start = performance.now();
    const answer = await call(url, timeoutMs, {
      method: 'POST',
      headers: { 'content-type': type },
      body,
    });
    return { encrypt: sealed.encrypt, ms: performance.now() - start, ...answer };
  };

  const deliver: WebhookCaller['deliver'] = async (fields) => {
    const document = writeXml(fields);
    const attempts: Attempt[] = [];
    for (let repeated = 0; repeated <= repetitions; repeated += 1) {
      if (repeated > 0) await delay(pauseMs);
      const attempt = await post(document);
      attempts.push(attempt);
      if (attempt.status !== 200) continue;
      const body = attempt.body ?? '';
      const complaint = isEmpty(body)
        ? undefined
        : complaintOf(() =>
            takePassiveReply(world, keys, { body, format, asked: askedOf(fields) }),
          );
      return { attempts, isTaken: true, ...(complaint !== undefined && { complaint }) };
    }
    return { attempts, isTaken: false };
  };

  return {
    deliver,
    say: (from, content, fields = {}) =>
      deliver({
        ToUserName: world.corpId,
        FromUserName: from,
        CreateTime: Math.floor(world.clock.now() / 1000),
        MsgType: 'text',
        Content: content,
        // Larger than a double can hold, like the real ones.
        MsgId: `6${String(randomInt(1e9)).padStart(9, '0')}${String(randomInt(1e9)).padStart(9, '0')}`,
        AgentID: agentId,
        ...fields,
      }),
    verifyUrl: async () => {
      const echo = String(randomInt(1e9)).padStart(19, '1');
      const sealed = seal(keys, echo, world.clock.now());
      const query = [
        `msg_signature=${sealed.signature}`,
        `timestamp=${sealed.timestamp}`,
        `nonce=${sealed.nonce}`,
        `echostr=${encodeURIComponent(sealed.encrypt)}`,
      ];
      const separator = config.url.includes('?') ? '&' : '?';
      const url = new URL(`${config.url}${separator}${query.join('&')}`);
      const { status, body } = await call(url, verifyMs, { method: 'GET' });
      if (status === undefined) return 'no answer within 1 s';
      if (status !== 200) return `status ${status}`;
      return body === echo ? undefined : 'another text than the one that was sent';
    },
  };
}

/** `success` is taken for an empty body. */
function isEmpty(body: string): boolean {
  return body === '' || body === 'success';
}

function complaintOf(take: () => void): string | undefined {
  try {
    take();
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

function askedOf(fields: Readonly<Record<string, XmlValue>>) {
  const { FromUserName: from, AgentID: agentId = 0, MsgType: type, Event: event } = fields;
  const about = type === 'event' ? textOf(event) : 'message';
  return { from: textOf(from), agentId: Number(agentId), about };
}

function textOf(value: XmlValue | undefined): string {
  return typeof value === 'string' ? value : '';
}

function envelope(
  corpId: string,
  agentId: number,
  { format, encrypt }: { format: 'xml' | 'json'; encrypt: string },
): string {
  return format === 'xml'
    ? writeXml({ ToUserName: corpId, AgentID: String(agentId), Encrypt: encrypt })
    : JSON.stringify({ tousername: corpId, encrypt, agentid: String(agentId) });
}

/** Bodies are read byte for byte: a BOM would be seen. */
async function call(url: URL, timeoutMs: number, init: RequestInit) {
  try {
    const signal = AbortSignal.timeout(timeoutMs);
    const response = await fetch(url, { ...init, redirect: 'manual', signal });
    const body = Buffer.from(await response.arrayBuffer()).toString('utf8');
    return { status: response.status, body };
  } catch {
    return {};
  }
}
