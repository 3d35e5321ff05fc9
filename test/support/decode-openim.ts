import type { Decoded } from '../../src/adapters/openim/decode/decoded.js';
import { decode } from '../../src/adapters/openim/decode.js';
import { parseDocument, parseRecord } from '../../src/adapters/openim/schema/index.js';
import { goJson } from './go-json.js';
import { type CallbackName, callbackBodies } from './openim-callbacks.js';

/** What is known of a callback beside its body. */
export interface Circumstances {
  readonly botId?: string;
  readonly operationId?: string;
  /** Milliseconds since 1970. */
  readonly receivedAt?: number;
}

/** Decodes a body as it comes over the wire. */
export function decodeBody(name: string, body: string, around: Circumstances = {}): Decoded {
  const { botId = 'bot', operationId = 'op1', receivedAt = 1_764_572_000_000 } = around;
  const document = parseDocument(name, parseRecord(body) ?? {});
  return decode(document, { botId, body, operationId, receivedAt });
}

/** Decodes the sample of a command, some fields changed. */
export function decodeSample(
  name: CallbackName,
  changes: Readonly<Record<string, unknown>> = {},
  around: Circumstances = {},
): Decoded {
  const body = goJson({ callbackCommand: name, ...callbackBodies[name], ...changes });
  return decodeBody(name, body, around);
}
