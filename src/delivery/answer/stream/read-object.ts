/** What an object in a stream means. */
export type Meaning =
  | {
      readonly kind: 'words';
      readonly text: string;
      readonly thinking: string;
      /** A chunk of a chat completion: its stream says when it ends. */
      readonly isChat?: true;
      readonly isFinished?: true;
    }
  | { readonly kind: 'error' }
  /** It has a name, and carries no words under it. */
  | { readonly kind: 'passed'; readonly name: string }
  /** It has no name, and is no chunk. */
  | { readonly kind: 'unknown'; readonly keys: readonly string[] };

type Path = readonly (string | number)[];
type Paths = readonly Path[];

/**
 * Where words stand, by the name of an object: the SSE `event`, else `type`, else `event` within it.
 * Vercel AI SDK, OpenAI Responses, Anthropic, Dify, FastGPT, Coze, n8n.
 */
const wordPaths: ReadonlyMap<string, Path> = new Map<string, Path>([
  ['text-delta', ['delta']],
  ['response.output_text.delta', ['delta']],
  ['content_block_delta', ['delta', 'text']],
  ['message', ['answer']],
  ['agent_message', ['answer']],
  ['text_chunk', ['data', 'text']],
  ['answer', ['choices', 0, 'delta', 'content']],
  ['fastAnswer', ['choices', 0, 'delta', 'content']],
  ['conversation.message.delta', ['content']],
  ['item', ['content']],
]);

/** Where thinking stands, likewise. */
const thinkingPaths: ReadonlyMap<string, Path> = new Map<string, Path>([
  ['reasoning-delta', ['delta']],
  ['response.reasoning_text.delta', ['delta']],
  ['response.reasoning_summary_text.delta', ['delta']],
  ['content_block_delta', ['delta', 'thinking']],
  ['conversation.message.delta', ['reasoning_content']],
  ['answer', ['choices', 0, 'delta', 'reasoning_content']],
]);

/** Names that say that the answer failed, or was called off. */
const errorNames: ReadonlySet<string> = new Set([
  'error',
  'abort',
  'response.failed',
  'response.error',
  'conversation.chat.failed',
]);

/** Names under which chunks of a chat completion come, besides none. */
const chunkNames: ReadonlySet<string> = new Set(['message', 'answer', 'fastAnswer']);

const chatText: Paths = [
  ['choices', 0, 'delta', 'content'],
  ['choices', 0, 'text'],
];
/** Some servers send it under both names; the first that is there counts. */
const chatThinking: Paths = [
  ['choices', 0, 'delta', 'reasoning_content'],
  ['choices', 0, 'delta', 'reasoning'],
];

/**
 * Reads an object of a stream: its words, by its name or as a chunk of a chat completion.
 *
 * @param eventName the SSE `event`, where the stream has one
 */
export function readObject(value: object, eventName?: string): Meaning {
  const name = eventName ?? nameIn(value);
  if (isError(value, name)) return { kind: 'error' };
  if ('choices' in value && (name === undefined || chunkNames.has(name))) return readChunk(value);
  if (name === undefined) return { kind: 'unknown', keys: Object.keys(value) };
  return readNamed(value, name);
}

function readNamed(value: object, name: string): Meaning {
  const words = wordPaths.get(name);
  const thinking = thinkingPaths.get(name);
  if (words === undefined && thinking === undefined) return { kind: 'passed', name };
  const said = partsOf(words && at(value, words));
  const thought = thinking ? textOf(at(value, thinking)) : '';
  return { kind: 'words', text: said.text, thinking: thought + said.thinking };
}

function readChunk(value: object): Meaning {
  const { text, thinking } = partsOf(first(value, chatText));
  const thought = textOf(first(value, chatThinking));
  const reason = at(value, ['choices', 0, 'finish_reason']);
  const hasChoice = at(value, ['choices', 0]) !== undefined;
  return {
    kind: 'words',
    text,
    thinking: thought + thinking,
    ...(hasChoice && { isChat: true }),
    ...(typeof reason === 'string' && { isFinished: true }),
  };
}

function isError(value: object, name: string | undefined): boolean {
  const { error, object } = value as { readonly error?: unknown; readonly object?: unknown };
  if (error !== undefined && error !== null && error !== false && error !== '') return true;
  if (object === 'error' || (name !== undefined && errorNames.has(name))) return true;
  if (errorNames.has(nameIn(value) ?? '')) return true;
  return at(value, ['choices', 0, 'finish_reason']) === 'error';
}

function nameIn(value: object): string | undefined {
  const { type, event } = value as { readonly type?: unknown; readonly event?: unknown };
  if (typeof type === 'string') return type;
  return typeof event === 'string' ? event : undefined;
}

/** A text, or a list of parts: those that are text are said, those that are thinking are not. */
function partsOf(value: unknown): { readonly text: string; readonly thinking: string } {
  if (!Array.isArray(value)) return { text: textOf(value), thinking: '' };
  const parts = value.filter((part): part is object => typeof part === 'object' && part !== null);
  return {
    text: parts.map((part) => textOf(at(part, ['text']))).join(''),
    thinking: parts.map((part) => thinkingOf(at(part, ['thinking']))).join(''),
  };
}

function thinkingOf(value: unknown): string {
  return Array.isArray(value) ? partsOf(value).text : textOf(value);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function first(value: object, paths: Paths): unknown {
  return paths
    .map((path) => at(value, path))
    .find((found) => found !== undefined && found !== null);
}

function at(value: object, path: Path): unknown {
  let found: unknown = value;
  for (const key of path) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, key)) return undefined;
    found = (found as Readonly<Record<string | number, unknown>>)[key];
  }
  return found;
}
