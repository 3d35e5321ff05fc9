import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** A request body of one of the two APIs. */
export interface ModelRequest {
  readonly messages?: readonly { readonly role: string; readonly content: string }[];
  readonly query?: string;
  readonly conversation_id?: string;
  readonly stream?: boolean;
  readonly response_mode?: string;
}

/** A server that answers as an OpenAI-compatible API does, and as Dify's does. */
export interface FakeModel {
  readonly origin: string;
  /** What was asked, in order. */
  readonly asked: readonly ModelRequest[];
  /** Answers the next request with this status, and no stream. */
  failNext(status: number): void;
  /** Breaks the next answer off behind its second word, with the connection. */
  breakNext(): void;
  /** Answers without pauses from now on. */
  hurry(): void;
  close(): Promise<void>;
}

/** Words of every answer; the question stands before them. */
const words = ['。', '模型', '逐步', '回答。', ' It', ' grows.'];

/** What stands behind the question in an answer. */
interface Pieces {
  readonly said: readonly string[];
  readonly pauseMs: number;
  readonly ends: boolean;
}

/** Starts it on a free port of the loopback. */
export async function startFakeModel(): Promise<FakeModel> {
  const asked: ModelRequest[] = [];
  let failure = 0;
  let breaks = false;
  let pauseMs = 100;
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    if (request.method !== 'POST') {
      // A proxy may look around.
      response.writeHead(404).end();
      return;
    }
    let body = '';
    for await (const chunk of request) body += String(chunk);
    const question = JSON.parse(body) as ModelRequest;
    asked.push(question);
    if (failure > 0) {
      response.writeHead(failure, { 'retry-after': '1' }).end('{"error":{"message":"too many"}}');
      failure = 0;
      return;
    }
    response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
    const said = breaks ? words.slice(0, 1) : words;
    const pieces = { said, pauseMs, ends: !breaks };
    breaks = false;
    if (request.url?.endsWith('/chat-messages')) await answerAsDify(response, question, pieces);
    else await answerAsOpenAi(response, question, pieces);
    if (pieces.ends) response.end();
    else response.destroy();
  };
  const server = createServer((request, response) => void answer(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    failNext: (status) => {
      failure = status;
    },
    breakNext: () => {
      breaks = true;
    },
    hurry: () => {
      pauseMs = 0;
    },
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

async function answerAsOpenAi(
  response: ServerResponse,
  { messages = [] }: ModelRequest,
  { said, pauseMs, ends }: Pieces,
) {
  const send = (choice: object) => {
    const chunk = { object: 'chat.completion.chunk', choices: [{ index: 0, ...choice }] };
    response.write(`data: ${JSON.stringify(chunk)}\n\n`);
  };
  for (const content of [messages.at(-1)?.content, ...said]) {
    send({ delta: { content } });
    await pause(pauseMs);
  }
  if (!ends) return;
  send({ delta: {}, finish_reason: 'stop' });
  response.write('data: [DONE]\n\n');
}

async function answerAsDify(
  response: ServerResponse,
  { query, conversation_id }: ModelRequest,
  { said, pauseMs, ends }: Pieces,
) {
  const conversation = { conversation_id: conversation_id || 'conversation-1' };
  const send = (event: object) => {
    response.write(`data: ${JSON.stringify({ ...event, ...conversation })}\n\n`);
  };
  response.write('event: ping\n\n');
  for (const answer of [query, ...said]) {
    send({ event: 'message', answer });
    await pause(pauseMs);
  }
  if (ends) send({ event: 'message_end', metadata: {} });
}
