import { Command, type CommanderError } from 'commander';
import { expect, test } from 'vitest';
import { usageErrorOf } from '../../../../src/cli/program/command-errors.js';
import { ownCommand } from '../../../../src/core/own-command.js';

/** What commander says of these arguments. */
function errorOf(program: Command, ...args: string[]): CommanderError {
  try {
    program
      .exitOverride()
      .configureOutput({ outputError: () => {} })
      .parse(args, { from: 'user' });
  } catch (error) {
    return error as CommanderError;
  }
  throw new Error('commander understood the arguments');
}

test('a missing argument is said in both languages', () => {
  const program = new Command('replay').argument('<id>').action(() => {});
  const { text } = usageErrorOf(errorOf(program));
  expect(text.en).toBe(`The argument "id" is missing. See: ${ownCommand} --help`);
  expect(text.zh).toBe(`缺少参数 "id"。请参阅：${ownCommand} --help`);
});

test('several options that are near are all named', () => {
  const program = new Command('x')
    .option('--abcd1')
    .option('--abcd2')
    .action(() => {});
  const { text } = usageErrorOf(errorOf(program, '--abcd3'));
  expect(text.en).toContain('Did you mean --abcd1, --abcd2?');
});

test('what commander says besides is handed on in its words', () => {
  const program = new Command('x').requiredOption('--id <id>', '').action(() => {});
  const { text } = usageErrorOf(errorOf(program));
  expect(text.en).toBe(`required option '--id <id>' not specified See: ${ownCommand} --help`);
});
