#!/usr/bin/env node
/** The command `wechaty-callback`. */
import { systemLanguage } from '../config/language.js';
import { endProcess } from './end-process.js';
import { runProgram } from './program/run-program.js';

const { stdout, stderr, env } = process;

// Whoever reads may stop reading (`| head`); that is no fault.
stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

/**
 * From here on the first signal is ours; a second one ends the process as usual. Where there are no
 * signals, a parent sends the message `shutdown`: pm2 calls it so.
 */
function stopped(): Promise<void> {
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
  stopped,
  cwd: process.cwd(),
  env,
  language: systemLanguage(env),
  terminal: stdout.isTTY,
  colors: stdout.isTTY && stderr.isTTY && !env['NO_COLOR'],
});
endProcess(exitCode);
