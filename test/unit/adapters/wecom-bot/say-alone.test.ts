import { expect, test } from 'vitest';
import type { Acknowledged } from '../../../../src/adapters/wecom-bot/connection/frame.js';
import { sayAlone, sayFile } from '../../../../src/adapters/wecom-bot/connection/say-alone.js';
import { sayingFailureOf } from '../../../../src/core/saying-failure.js';

/** A connection on which frames are answered with these codes; later ones are taken. */
function connection(...codes: readonly string[]) {
  const left = [...codes];
  const answer = (): Promise<Acknowledged> => {
    const code = left.shift();
    const taken: Acknowledged = { kind: 'taken', body: { upload_id: 'u', media_id: 'm' } };
    return Promise.resolve(code === undefined ? taken : { kind: 'refused', code });
  };
  return { send: answer, speak: answer, beginUpload: answer };
}

async function failureOf(work: Promise<void>) {
  return sayingFailureOf(await work.catch((error: unknown) => error));
}

const text = (words: string) =>
  ({ kind: 'text', text: words, isGrowing: false, shown: 0 }) as const;

test.each([
  ['unsent', 'not-sent'],
  ['too-much', 'not-sent'],
  ['846609', 'not-sent'],
  ['846602', 'not-sent'],
  ['closed', 'unknown'],
  ['timeout', 'unknown'],
  ['40058', 'rejected'],
])('a message of which the connection says %s is %s', async (code, kind) => {
  expect(await failureOf(sayAlone(connection(code), 'alice', text('一')))).toEqual({ kind });
});

test('a text of several messages is not begun again', async () => {
  const long = text('一'.repeat(20_000));
  expect(await failureOf(sayAlone(connection('unsent'), 'alice', long))).toEqual({
    kind: 'not-sent',
  });
  const speak = connection();
  let count = 0;
  const breaking = {
    ...speak,
    speak: (): Promise<Acknowledged> => {
      count += 1;
      if (count === 1) return speak.send();
      return Promise.resolve({ kind: 'refused', code: 'unsent' });
    },
  };
  expect(await failureOf(sayAlone(breaking, 'alice', long))).toEqual({ kind: 'unknown' });
});

test('an upload shows nothing: it is made again, whatever became of it', async () => {
  const file = { name: 'a.pdf', bytes: Buffer.from('%PDF-1.4') };
  for (const code of ['unsent', 'closed', 'timeout']) {
    expect(await failureOf(sayFile(connection(code), 'alice', file))).toEqual({ kind: 'not-sent' });
  }
  expect(await failureOf(sayFile(connection('40058'), 'alice', file))).toEqual({
    kind: 'rejected',
  });
});
