import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { ownCommand } from '../../../src/core/own-command.js';
import { commandOn } from '../../../src/runtime/command-on.js';

test('the file is named where the command would not find it', () => {
  expect(commandOn('explain', resolve('examples/.wechatyrc.yaml'))).toBe(
    `${ownCommand} explain --config examples/.wechatyrc.yaml`,
  );
});

test('a path with a space can be pasted', () => {
  expect(commandOn('explain', resolve('my bot/rules.yaml'))).toBe(
    `${ownCommand} explain --config "my bot/rules.yaml"`,
  );
});

test('rules that are in no file are not named', () => {
  expect(commandOn('explain', undefined)).toBe(`${ownCommand} explain`);
});
