/**
 * Opens files until the system gives no more, and tells what is then thought of a rules file and of a
 * receiver: one line of JSON. `argv`: the file. To be run with a low `ulimit -n`.
 */
import { closeSync, openSync, writeSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { loadConfig } from '../../../src/config/load-config.js';
import { watchConfig } from '../../../src/config/watch-config.js';
import { textOf } from '../../../src/core/errors.js';
import { verdictOf } from '../../../src/delivery/answer/verdict.js';
import { createSender } from '../../../src/delivery/send.js';

const pollMs = 20;
const [, , file = ''] = process.argv;
let changes = 0;
let isGone = false;
let onChange = () => {};
const changed = new Promise<void>((resolve) => {
  onChange = () => {
    changes += 1;
    resolve();
  };
});
const onGone = () => {
  isGone = true;
};
watchConfig(file, onChange, { debounceMs: 5, pollMs, onGone });
// The watch keeps no process alive.
setInterval(() => {}, 1000);
const writer = openSync(file, 'a');
const sender = createSender();
const url = new URL('http://127.0.0.1:9/');
// Loaded before: a module is a file, too.
await sender.send({ url, headers: {}, body: Buffer.alloc(0) }, { timeoutMs: 5000 });

const opened: number[] = [];
try {
  for (;;) opened.push(openSync(file, 'r'));
} catch (error) {
  if ((error as NodeJS.ErrnoException).code !== 'EMFILE') throw error;
}
writeSync(writer, '# changed\n');
// Many looks at the file.
await pause(20 * pollMs);
const changesMeanwhile = changes;
const answer = await sender.send({ url, headers: {}, body: Buffer.alloc(0) }, { timeoutMs: 5000 });
const refused = await loadConfig(file).then(
  () => '',
  (error: unknown) => textOf(error).en,
);
for (const each of opened) closeSync(each);
await changed;
console.log(
  JSON.stringify({ isGone, changesMeanwhile, verdict: verdictOf(answer), answer, refused }),
);
process.exit();
