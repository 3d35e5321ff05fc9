import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allowed, refused } from '../../../../src/adapters/openim/answer.js';
import type { Decoded } from '../../../../src/adapters/openim/decode/decoded.js';
import { parseDocument, parseRecord } from '../../../../src/adapters/openim/schema/index.js';
import { commandOf } from '../../../../src/adapters/openim/verify.js';
import { decodeBody, decodeSample } from '../../../support/decode-openim.js';
import { goJson } from '../../../support/go-json.js';
import { callbackBodies, callbackNames } from '../../../support/openim-callbacks.js';

/** What no field expects. */
const strange = [
  null,
  0,
  -1,
  1.5,
  1e300,
  true,
  '',
  '0',
  'x'.repeat(100),
  [],
  [null],
  [[]],
  {},
  { a: 1 },
];
const kinds = new Set([
  'message',
  'recall',
  'room-join',
  'room-leave',
  'room-topic',
  'room-invite',
  'friendship',
  'platform',
  'question',
  'ignored',
]);

/** Decodes and answers, as a webhook does. */
function take(name: string, body: string) {
  const decoded = decodeBody(name, body);
  expect(kinds).toContain(decoded.kind);
  const answer = allowed(parseDocument(name, parseRecord(body) ?? {}), 'another text');
  expect(JSON.parse(answer.body)).toMatchObject({ actionCode: 0, errCode: 0, nextCode: 0 });
  return decoded;
}

/** What is wrong with something decoded, by name. */
function faultsOf(decoded: Decoded, body: string): readonly string[] {
  if (decoded.kind === 'ignored') return [];
  if (decoded.kind === 'message') {
    const { id, timestamp } = decoded.payload;
    return [
      ...(id === '' ? ['id'] : []),
      ...(Number.isSafeInteger(timestamp) ? [] : ['timestamp']),
    ];
  }
  const isText = Object.values(decoded.variables).every((value) => typeof value === 'string');
  return [...(isText ? [] : ['variables']), ...(decoded.raw === body.trim() ? [] : ['raw'])];
}

describe('whatever a server sends', () => {
  it.each(callbackNames)('%s takes any value in any field', (name) => {
    for (const field of Object.keys(callbackBodies[name])) {
      for (const value of strange) take(name, goJson({ ...callbackBodies[name], [field]: value }));
      take(name, goJson({ ...callbackBodies[name], [field]: undefined }));
    }
    expect(take(name, '{}').kind).not.toBe('');
  });

  it.each(['', 'null', '[]', '"x"', '1', '{', '{"content":', '\uD800', '<html>', '\0'])(
    'a body of %j is nothing, and no exception',
    (body) => {
      expect(parseRecord(body)).toBeUndefined();
      expect(take('callbackAfterQuitGroupCommand', body).kind).toBe('platform');
    },
  );

  it('a history of 8 MB is read', () => {
    const multiMessage = Array.from({ length: 8000 }, (_, index) => ({
      clientMsgID: `c${index}`,
      sendTime: 1_673_048_592_000,
      textElem: { content: '长'.repeat(320) },
    }));
    const content = JSON.stringify({ title: '聊天记录', abstractList: ['甲：一'], multiMessage });
    const body = goJson({
      ...callbackBodies.callbackAfterSendGroupMsgCommand,
      contentType: 107,
      content,
    });
    expect(Buffer.byteLength(body)).toBeGreaterThan(8_000_000);
    expect(take('callbackAfterSendGroupMsgCommand', body)).toMatchObject({
      payload: { text: '聊天记录\n甲：一' },
    });
  });

  it('a document of 100,000 levels is no document', () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    const decoded = decodeSample('callbackAfterSendSingleMsgCommand', {
      content: `{"content":${deep}}`,
    });
    expect(decoded.kind).toBe('message');
  });

  it('fields that are called like parts of objects do nothing', () => {
    const body = '{"__proto__":{"sendID":"eve"},"constructor":1,"toString":2,"recvID":"bot"}';
    expect(take('callbackAfterSendSingleMsgCommand', body)).toMatchObject({
      kind: 'platform',
      payload: { talkerId: '' },
    });
    for (const name of ['__proto__', 'constructor', 'toString']) {
      expect(take(name, '{}')).toMatchObject({ name: `openim:${name}` });
    }
  });

  it('mutated callbacks of every command are decoded and answered', () => {
    const anything = fc.oneof(
      fc.jsonValue(),
      fc.string({ unit: 'binary' }),
      fc.bigInt().map(String),
    );
    const mutated = fc
      .record({
        name: fc.constantFrom(...callbackNames),
        changes: fc.dictionary(
          fc.oneof(
            fc.constantFrom(...callbackNames.flatMap((name) => Object.keys(callbackBodies[name]))),
            fc.string(),
          ),
          anything,
          { maxKeys: 6 },
        ),
        contentType: fc.option(
          fc.constantFrom(101, 102, 103, 104, 105, 106, 107, 108, 109, 110, 114, 115),
        ),
        element: fc.option(
          fc.dictionary(
            fc.constantFrom(
              'content',
              'text',
              'atUserList',
              'atUsersInfo',
              'quoteMessage',
              'sourcePicture',
              'latitude',
              'description',
              'fileName',
              'abstractList',
            ),
            fc.jsonValue(),
          ),
        ),
      })
      .map(({ name, changes, contentType, element }) => ({
        name,
        body: goJson({
          ...callbackBodies[name],
          ...(contentType === null ? {} : { contentType }),
          ...(element === null ? {} : { content: JSON.stringify(element) }),
          ...changes,
        }),
      }));
    fc.assert(
      fc.property(mutated, ({ name, body }) => {
        expect(faultsOf(take(name, body), body)).toEqual([]);
      }),
      { numRuns: 2000 },
    );
  });

  it('bodies cut anywhere are decoded and answered', () => {
    const body = goJson(callbackBodies.callbackAfterSendGroupMsgCommand);
    fc.assert(
      fc.property(fc.nat(body.length), fc.string(), (at, inserted) => {
        for (const cut of [
          body.slice(0, at) + inserted,
          body.slice(0, at) + inserted + body.slice(at),
        ]) {
          expect(faultsOf(take('callbackAfterSendGroupMsgCommand', cut), cut)).toEqual([]);
        }
      }),
    );
  });
});

describe('numbers of 64 bits', () => {
  it('keep their digits, and everything else stays as it is', () => {
    const digits = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 64n });
    const text = fc.oneof(
      fc.string(),
      fc.constantFrom('a: 12345678901234567890,', '\\', '"', '\\"'),
    );
    fc.assert(
      fc.property(
        digits,
        text,
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        (big, word, small) => {
          const json = `{"a":${big},"b":[${big}, ${JSON.stringify(word)}],"c":${JSON.stringify(word)},"d":${JSON.stringify(small)}}`;
          const record = parseRecord(json);
          expect(String(record?.['a'])).toBe(String(big));
          expect(record?.['c']).toBe(word);
          expect(Number(record?.['d'])).toBe(JSON.parse(JSON.stringify(small)));
        },
      ),
    );
    expect(parseRecord('{"a":0.12345678901234567890,"b":1e20}')).toEqual({
      a: 0.123_456_789_012_345_68,
      b: 1e20,
    });
  });
});

describe('a refusal', () => {
  it('is one on every server, whatever the reason and the code', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.double(), (reason, code) => {
        const answer = JSON.parse(refused(reason, code).body) as Record<string, unknown>;
        expect(answer).toMatchObject({ actionCode: 0, nextCode: 1 });
        expect(answer['errCode']).toBeGreaterThanOrEqual(5000);
        expect(answer['errCode']).toBeLessThanOrEqual(9999);
        expect(answer['errMsg']).not.toBe('');
      }),
    );
  });
});

describe('the name of a command', () => {
  it('is read from any path and query', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.jsonValue(), (path, query, value) => {
        expect(typeof commandOf({ path, query }, { callbackCommand: value })).toBe('string');
      }),
    );
  });
});
