import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  createWeComCrypt,
  WeComRefusal,
} from '../../../../src/adapters/shared/wecom-crypt/index.js';
import { decode } from '../../../../src/adapters/wecom/decode.js';
import { writeEnvelope } from '../../../../src/adapters/wecom/envelope.js';
import { receive } from '../../../../src/adapters/wecom/receive.js';
import { classThrownBy } from '../../../support/thrown-by.js';
import { eventXml, messageXml, wecomSamples } from '../../../support/wecom-samples.js';

const crypt = createWeComCrypt({
  token: 'QDG6eK',
  encodingAesKey: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C',
  receiveId: 'ww1',
});
const stamp = { timestamp: '1409659589', nonce: '263014780' };
const text = messageXml('text', '<Content><![CDATA[你好]]></Content>');

/** As WeCom posts a document. */
function post(plaintext: string, form: 'xml' | 'json' = 'xml', by = crypt) {
  const sealed = by.seal(plaintext, stamp);
  return { signed: { ...stamp, signature: sealed.signature }, body: writeEnvelope(sealed, form) };
}

/** What comes of a document, from the post to Wechaty's words. */
function whole(plaintext: string) {
  const { signed, body } = post(plaintext);
  const received = receive(crypt, signed, body);
  return decode(received.document, { botId: '1', plaintext: received.plaintext, receivedAt: 0 });
}

describe('receive', () => {
  test.each(['xml', 'json'] as const)('reads a message in an envelope of %s', (form) => {
    const { signed, body } = post(text, form);
    expect(receive(crypt, signed, body)).toMatchObject({
      form,
      plaintext: text,
      document: { MsgType: 'text', Content: '你好' },
    });
  });

  test('reads a document that is JSON itself, digit by digit', () => {
    const json =
      '{"ToUserName":"ww1","FromUserName":"ZhangSan","CreateTime":1348831860,"MsgType":"text","Content":"say \\"12\\" \\\\","MsgId":6972028683187026694,"AgentID":218,"More":[1,null,[2],{"a":true}]}';
    const { signed, body } = post(json, 'json');
    const { document } = receive(crypt, signed, body);
    expect(document).toMatchObject({
      MsgType: 'text',
      Content: 'say "12" \\',
      MsgId: '6972028683187026694',
      CreateTime: 1_348_831_860,
      raw: { More: ['1', { a: 'true' }] },
    });
  });

  const stranger = createWeComCrypt({
    token: 'other',
    encodingAesKey: 'k'.repeat(43),
    receiveId: 'ww1',
  });
  const neighbour = createWeComCrypt({
    token: 'QDG6eK',
    encodingAesKey: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C',
    receiveId: 'ww2',
  });
  const wrongKey = createWeComCrypt({
    token: 'QDG6eK',
    encodingAesKey: 'k'.repeat(43),
    receiveId: 'ww1',
  });
  const good = post(text);

  test.each([
    ['a plain document', { ...good, body: text }],
    ['a forged signature', { ...good, signed: { ...good.signed, signature: 'a'.repeat(40) } }],
    ['another time', { ...good, signed: { ...good.signed, timestamp: '1409659590' } }],
    ['a message of another app', post(text, 'xml', stranger)],
    ['a message to another corp', post(text, 'xml', neighbour)],
    ['another key', post(text, 'xml', wrongKey)],
    ['a document that is none', post('hello')],
    ['a DOCTYPE within', post('<!DOCTYPE xml [<!ENTITY a "b">]><xml><a>&a;</a></xml>')],
    ['deep nesting within', post(`<xml>${'<a>'.repeat(1000)}${'</a>'.repeat(1000)}</xml>`)],
    ['a truncated ciphertext', { ...good, body: good.body.slice(0, 60) }],
  ])('refuses %s, always in the same words', (_what, { signed, body }) => {
    expect(() => receive(crypt, signed, body)).toThrow(
      expect.objectContaining({
        name: 'WeComRefusal',
        code: 'wecom-callback-refused',
        message: new WeComRefusal(-40001).message,
      }),
    );
  });
});

describe('nothing that WeCom sends, and nothing else, throws past the border', () => {
  test('random bodies', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (body) => {
        expect(() => receive(crypt, { ...stamp, signature: '' }, body)).toThrow(WeComRefusal);
      }),
    );
  });

  const plaintexts = wecomSamples.flatMap(({ event, changeTypes, xml }) =>
    changeTypes.map((changeType) => eventXml(event, changeType, xml, 'ZhangSan')),
  );
  const elements = plaintexts.join('').match(/(?<=<)\w+(?=>)/gu) ?? [];
  const names = [...new Set(elements)].filter((name) => name !== 'xml');

  test('genuine documents with anything in the place of anything', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '',
        '<a>1</a>',
        '<![CDATA[]]>',
        '-1',
        '007',
        '1e999',
        ' ',
        '__proto__',
        'sys',
        ',',
      ),
      fc
        .string({ unit: 'grapheme-ascii', maxLength: 5 })
        .map((inner) => `<![CDATA[${inner.replaceAll(']]>', '')}]]>`),
      fc.constantFrom(...names).map((name) => `<${name}><${name}/><Item>1</Item></${name}>`),
    );
    const name = fc.constantFrom(...names);
    fc.assert(
      fc.property(
        fc.constantFrom(...plaintexts, text),
        name,
        piece,
        (plaintext, element, inner) => {
          const pattern = new RegExp(`<${element}>.*?</${element}>`, 'u');
          const changed = [
            plaintext.replace(pattern, () => `<${element}>${inner}</${element}>`),
            plaintext.replace(pattern, (found) => found + found),
            plaintext.replace(pattern, ''),
          ];
          for (const one of changed) expect(whole(one).id).not.toBe('');
        },
      ),
      { numRuns: 1000 },
    );
  });

  test('genuine documents with their bytes spoiled', () => {
    const spoil = fc.tuple(fc.nat(), fc.nat(8), fc.string({ unit: 'binary', maxLength: 4 }));
    fc.assert(
      fc.property(fc.constantFrom(...plaintexts, text), spoil, (plaintext, [at, count, put]) => {
        const start = at % plaintext.length;
        const spoiled = plaintext.slice(0, start) + put + plaintext.slice(start + count);
        const thrown = classThrownBy(() => whole(spoiled));
        expect(['undefined', WeComRefusal]).toContain(thrown);
      }),
      { numRuns: 1000 },
    );
  });
});
