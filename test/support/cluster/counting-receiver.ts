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
  close(): Promise<void>;
}

/** How a receiver is made. */
export interface CountingOptions {
  /** Whether the journal has the response of a task. */
  readonly hasResponse: (task: string) => Promise<boolean>;
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
  const server = createServer((request, response) => {
    void (async () => {
      const { question } = JSON.parse(await text(request)) as { question: string };
      const task = String(request.headers['webhook-id']);
      calls += 1;
      if (seen.has(task)) {
        if (await hasResponse(task)) calledAgain.push(task);
      } else questions.push(question);
      seen.add(task);
      await pause(takesMs());
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ success: true, message: `re ${question}` }));
    })();
  });
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
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
