#!/usr/bin/env node
/** The command `wechaty-callback`. */
import { setImmediate } from 'node:timers/promises';
import { systemLanguage } from '../config/language.js';
import { endProcess } from './end-process.js';
import { ExitCode } from './exit-code.js';
import { runProgram } from './program/run-program.js';
import { keepAliveWithoutOutput, lostOutput } from './standard-output.js';

const { stdout, stderr, env } = process;
const language = systemLanguage(env);
const output = keepAliveWithoutOutput();
let runsOn = false;
/** Written when everything is closed: the process ends within a second of it. */
const stopped = { en: 'Stopped.', zh: '已停止。' };

/**
 * From here on the first signal is ours; a second one ends the process as usual. Where there are no
 * signals, a parent sends the message `shutdown`: pm2 calls it so.
 */
function toldToStop(): Promise<void> {
  runsOn = true;
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
    process.on('message', (message) => {
      if (message === 'shutdown') resolve();
    });
  });
}

const exitCode = await runProgram(process.argv.slice(2), {
  stdout: (text) => stdout.write(text),
  stderr: (text) => stderr.write(text),
  stopped: toldToStop,
  cwd: process.cwd(),
  env,
  language,
  terminal: stdout.isTTY,
  colors: stdout.isTTY && stderr.isTTY && !env['NO_COLOR'],
});
// By then the last write has failed, if it does.
await setImmediate();
const lost = output.lost();
if (runsOn && exitCode === ExitCode.Ok) stderr.write(`${stopped[language]}\n`);
// Of what runs on the output is a log; of all others it is what was asked for.
if (lost === undefined || runsOn || exitCode !== ExitCode.Ok) {
  endProcess(exitCode, { ranOn: runsOn });
} else {
  stderr.write(`${lostOutput(lost)[language]}\n`);
  endProcess(ExitCode.Failed);
}
