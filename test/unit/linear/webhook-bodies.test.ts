import { expect, test } from 'vitest';
import { decode as decodeOpenIM } from '../../../src/adapters/openim/decode.js';
import { parseDocument, parseRecord } from '../../../src/adapters/openim/schema/index.js';
import { commandOf } from '../../../src/adapters/openim/verify.js';
import { readLosslessJson } from '../../../src/adapters/shared/lossless-json.js';
import { presentedSecrets } from '../../../src/adapters/shared/source-guard.js';
import { findCiphertext, signedOf } from '../../../src/adapters/shared/wecom-crypt/index.js';
import { readXml } from '../../../src/adapters/shared/xml/index.js';
import { readJsonRecord } from '../../../src/adapters/wecom/json-record.js';
import { parseJson } from '../../../src/adapters/wecom-bot/parse-json.js';
import { readBody, readMessage } from '../../../src/adapters/wildfire/decode.js';
import { subjectsOf } from '../../../src/adapters/wildfire/subjects.js';
import { growthOf, linearGrowth } from '../../support/growth.js';

const times =
  (piece: string, before = '', behind = '') =>
  (size: number) =>
    before + piece.repeat(Math.max(1, Math.floor(size / piece.length))) + behind;

/** Bodies that make a reader begin again and again. */
const bodies = {
  'escaped quotes': times('\\"', '{"a":"'),
  'quotes and slashes': times('"\\', '{"a":"'),
  'texts that open': times('"a":"', '{'),
  'escaped slashes': times('\\\\', '{"a":"', '"}'),
  'raw controls': times('\n\\"', '{"a":"', '"}'),
  digits: times('9', '{"a":', '}'),
  'long integers': times('1234567890123456 ,', '{"a":[', '1]}'),
  'integers before colons': times(`1234567890123456${' '.repeat(40)}`, '{"a":[', '1]}'),
  exponents: times('1e1-1.', '{"a":'),
  lists: times('[', '{"a":'),
  objects: times('{"a":'),
  'many keys': (size: number) =>
    JSON.stringify(
      Object.fromEntries(Array.from({ length: size / 16 }, (_, at) => [`k${at}`, at])),
    ),
  elements: times('<a></a>', '<xml>', '</xml>'),
  'open elements': times('<a>', '<xml>'),
  'open ciphertexts': times('<Encrypt>', '<xml>'),
  'open sections': times('<Encrypt><![CDATA[', '<xml>'),
  'keys of ciphertexts': times('"encrypt" : ', '{'),
  'spaces behind a key': times(' ', '{"encrypt"'),
  references: times('&amp;', '<xml><a>', '</a></xml>'),
  'sections of text': times('<![CDATA[a]]>  ', '<xml><a>', '</a></xml>'),
  comments: times('<!--', '<xml>'),
  'white space': times(' \n'),
};

const readers: Readonly<Record<string, (body: string) => unknown>> = {
  findCiphertext,
  readJsonRecord: (body) => readJsonRecord(body),
  readXml: (body) => readXml(body, { maxLength: 1e9, maxElements: 1e9 }),
  parseJson,
  readLosslessJson,
  'parseRecord of OpenIM': parseRecord,
  'readBody of WildfireChat': (body) => readBody(Buffer.from(body)),
};

test.each(Object.entries(readers))('%s takes linear time, whatever a body holds', (_name, read) => {
  for (const [what, worst] of Object.entries(bodies)) {
    expect(growthOf({ worst, read }), what).toBeLessThan(linearGrowth);
  }
});

test('what stands in a URL is read in linear time', () => {
  const cases = [
    { worst: times('nonce=1&'), read: signedOf },
    { worst: times('%'), read: signedOf },
    { worst: times('/'), read: (path: string) => presentedSecrets(path, null) },
    { worst: times('/a%20'), read: (path: string) => presentedSecrets(path, null) },
    { worst: times('Basic '), read: (header: string) => presentedSecrets('', header) },
    { worst: times(' ', 'Basic'), read: (header: string) => presentedSecrets('', header) },
    { worst: times('/callback'), read: (path: string) => commandOf({ path, query: '' }, {}) },
  ];
  for (const each of cases) expect(growthOf(each)).toBeLessThan(linearGrowth);
});

test('a message of OpenIM with mentions of many is read in linear time', () => {
  const context = { botId: 'bot', body: '', operationId: '', receivedAt: 0 };
  const worst = (size: number) => {
    const ids = Array.from({ length: size / 20 }, (_, at) => `u${at}`);
    const atUsersInfo = ids.map((id) => ({ atUserID: id, groupNickname: `name ${id}` }));
    const content = { text: ids.map((id) => `@${id} `).join(''), atUserList: ids, atUsersInfo };
    const command = 'callbackAfterSendGroupMsgCommand';
    return JSON.stringify({
      callbackCommand: command,
      sendID: 'alice',
      groupID: 'g',
      contentType: 106,
      sessionType: 3,
      clientMsgID: 'c',
      serverMsgID: 's',
      sendTime: 1,
      content: JSON.stringify(content),
    });
  };
  const read = (body: string) => {
    const record = parseRecord(body) ?? {};
    return decodeOpenIM(parseDocument(commandOf({ path: '', query: '' }, record), record), context);
  };
  expect(growthOf({ worst, read })).toBeLessThan(linearGrowth);
});

test('what an event of WildfireChat is about is told in linear time', () => {
  const list = (size: number) => Array.from({ length: size / 8 }, (_, at) => `m${at}`);
  const members = (size: number) => ({ groupId: 'g'.repeat(size), memberIds: list(size) });
  const both = (size: number) => ({ user: list(size), conversation: list(size) });
  const of = (kind: 'group.member' | 'read') => (fields: Record<string, unknown>) =>
    subjectsOf(kind, fields);
  expect(growthOf({ worst: members, read: of('group.member') })).toBeLessThan(linearGrowth);
  expect(growthOf({ worst: both, read: of('read') })).toBeLessThan(linearGrowth);
  expect(growthOf({ worst: members, read: readMessage })).toBeLessThan(linearGrowth);
});
