import type { apiPath, csrfHeader, Endpoints, Failure, feedHeader } from '../../api/contract.js';
import { Refused, unreachable } from './refused.js';

/** The contract's own values, checked by their types: importing them would bring zod along. */
const path: typeof apiPath = '/console/api';
const header: typeof csrfHeader = 'x-console';
const positionHeader: typeof feedHeader = 'x-console-feed';

/**
 * Where the stream begins: where the feed stood at the last answer before somebody followed it. What
 * happens between that answer and the opening of the stream is not lost then.
 */
export const feedPosition: { id: string | undefined; isFollowed: boolean } = {
  id: undefined,
  isFollowed: false,
};

/** What goes in. */
type InputOf<Key extends keyof Endpoints> = Omit<Endpoints[Key], 'answer'>;
/** What comes back. */
export type AnswerOf<Key extends keyof Endpoints> = Endpoints[Key] extends { answer: infer Answer }
  ? Answer
  : never;

interface LooseInput {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: object;
  readonly body?: unknown;
}

/**
 * Asks the API, as the contract says.
 *
 * @throws Refused when the answer is not 2xx, or when there is none
 */
export async function call<Key extends keyof Endpoints>(
  key: Key,
  input: InputOf<Key>,
  signal?: AbortSignal,
): Promise<AnswerOf<Key>> {
  const [method = 'GET', template = ''] = key.split(' ');
  const { params = {}, query, body } = input as LooseInput;
  const filled = template.replaceAll(/:(\w+)/gu, (_whole, name: string) =>
    encodeURIComponent(params[name] ?? ''),
  );
  const response = await ask(`${path}${filled}${queryText(query)}`, {
    method,
    headers: { [header]: '1', ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    ...(signal && { signal }),
  });
  const position = response.headers.get(positionHeader);
  if (position !== null && !feedPosition.isFollowed) feedPosition.id = position;
  const answer: unknown = await response.json().catch(() => undefined);
  if (response.ok) return answer as AnswerOf<Key>;
  throw new Refused(failureIn(answer, response.status));
}

/** The address of the stream of `GET /live`. */
export function liveUrl(): string {
  return `${path}/live${queryText({ after: feedPosition.id })}`;
}

async function ask(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (error) {
    if (init.signal?.aborted === true) throw error;
    throw new Refused(unreachable);
  }
}

function queryText(query: object = {}): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== '');
  const text = new URLSearchParams(given.map(([key, value]) => [key, String(value)])).toString();
  return text === '' ? '' : `?${text}`;
}

function failureIn(answer: unknown, status: number): Failure['error'] {
  const error = (answer as Partial<Failure> | undefined)?.error;
  if (error !== undefined) return error;
  const code = `HTTP ${status}`;
  return { code, en: `The server answers ${code}.`, zh: `服务器返回 ${code}。` };
}
