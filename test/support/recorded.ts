import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

/** A request that a real server sent. */
export interface RecordedRequest {
  readonly kind: string;
  readonly method: string;
  /** `SECRET` stands for the callback secret. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** As it was sent. */
  readonly body: string;
}

/** The requests in a file of test/fixtures, one in a line, e.g. `wildfire/two-roads.jsonl`. */
export function recorded(file: string): readonly RecordedRequest[] {
  const lines = readFileSync(resolve('test/fixtures', file), 'utf8').trim().split('\n');
  return lines.map((line) => JSON.parse(line) as RecordedRequest);
}
