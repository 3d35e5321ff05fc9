import { describe, expect, test } from 'vitest';
import {
  MessageType,
  runEventTaskResponseSchema,
  runEventTaskSchema,
} from '../../../src/protocol/index.js';
import { documentContract } from '../../contract/document-contract.js';
import { readPair } from '../../support/document-pair.js';
import { blockOf, rowsOf } from '../../support/markdown-file.js';

const pair = readPair('docs/receiver.md');
const { en: english, zh: chinese } = pair;

documentContract(pair);

describe.each([english, chinese])('$path', (document) => {
  test('names the kinds of messages as the protocol numbers them', () => {
    const line = /^`payload\.type`[\s\S]*?Post[,，]\s*18 System/mu.exec(document.prose)?.[0] ?? '';
    const kinds = [...line.matchAll(/(\d+) ([A-Z]\w+)/gu)].map(([, id, name]) => [
      name,
      Number(id),
    ]);
    expect(Object.fromEntries(kinds)).toEqual(MessageType);
  });

  test('explains every field of a task', () => {
    const fields = rowsOf(document, '`question`').map(([field]) => field);
    expect(fields).toEqual(Object.keys(runEventTaskSchema.shape).map((field) => `\`${field}\``));
  });
});

test('the blocks of json are two tasks and an answer', () => {
  const tasks: unknown[] = [0, 1].map((place) => JSON.parse(blockOf(english, 'json', place)));
  const answer: unknown = JSON.parse(blockOf(english, 'json', 2));
  for (const task of tasks) expect(runEventTaskSchema.parse(task)).toEqual(task);
  expect(runEventTaskResponseSchema.parse(answer)).toEqual(answer);
});
