/**
 * A program whose disk is full: `node full-disk-child.ts <journal>` accepts tasks until one is
 * refused, and one more at each line of its input. It prints what came of each call.
 */
import { createInterface } from 'node:readline';
import { isCallbackError } from '../../../../src/core/errors.js';
import { createSqliteJournal } from '../../../../src/journal/open-sqlite.js';
import { sampleTask } from '../../../support/sample-task.js';

const [file = ''] = process.argv.slice(2);
const journal = await createSqliteJournal({ file });
const { request } = sampleTask();
const text = '订阅'.repeat(2000);
let n = 0;

async function acceptOne(): Promise<boolean> {
  n += 1;
  const task = sampleTask({ id: `${n}`, request: { ...request, question: text } });
  try {
    await journal.accept([task]);
    console.log(JSON.stringify({ accepted: n }));
    return true;
  } catch (error) {
    if (!isCallbackError(error)) throw error;
    console.log(JSON.stringify({ code: error.code, text: error.text }));
    return false;
  }
}

while (await acceptOne());
for await (const _ of createInterface(process.stdin)) await acceptOne();
await journal.close();
