import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';

/** What a receiver has seen. */
export interface CountingReceiver {
  readonly origin: string;
  /** Each task's question, in the order of the first calls. */
  readonly questions: readonly string[];
  readonly calls: number;
  /** Tasks that were called again although their response was in the journal by then. */
  readonly calledAgain: readonly string[];
  /** Repeated calls of which that could not be told at once: by then it may have come. */
  readonly unchecked: number;
  close(): Promise<void>;
}

/** How a receiver is made. */
export interface CountingOptions {
  /** Whether the journal has the response of a task; `undefined` when that cannot be told at once. */
  readonly hasResponse: (task: string) => Promise<boolean | undefined>;
  /** How long an answer takes, in ms. */
  readonly takesMs: () => number;
}

/** A receiver that answers every question with itself, and counts. */
export async function startCountingReceiver({
  hasResponse,
  takesMs,
}: CountingOptions): Promise<CountingReceiver> {
  const seen = new Set<string>();
  const questions: string[] = [];
  const calledAgain: string[] = [];
  let calls = 0;
  let unchecked = 0;
  const server = createServer((request, response) => {
    void (async () => {
      const { question } = JSON.parse(await text(request)) as { question: string };
      const task = String(request.headers['webhook-id']);
      calls += 1;
      if (seen.has(task)) {
        const isThere = await hasResponse(task);
        if (isThere) calledAgain.push(task);
        if (isThere === undefined) unchecked += 1;
      } else questions.push(question);
      seen.add(task);
      await pause(takesMs());
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ success: true, message: `re ${question}` }));
    })();
  });
  // Else it closes connections that a program is just about to use.
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    questions,
    get calls() {
      return calls;
    },
    calledAgain,
    get unchecked() {
      return unchecked;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
