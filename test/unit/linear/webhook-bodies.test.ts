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
import { slowReadings, times } from '../../support/growth.js';

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

test.each(Object.entries(readers))('%s takes linear time, whatever a body holds', (name, read) => {
  expect(slowReadings({ [name]: read }, bodies)).toEqual([]);
});

test('what stands in a URL or a header is read in linear time', () => {
  const urls = {
    parameters: times('nonce=1&'),
    escapes: times('%'),
    slashes: times('/'),
    segments: times('/a%20'),
    schemes: times('Basic '),
    spaces: times(' ', 'Basic'),
    commands: times('/callback'),
  };
  const urlReaders = {
    signedOf,
    'secrets of a path': (text: string) => presentedSecrets(text, null),
    'secrets of a header': (text: string) => presentedSecrets('', text),
    commandOf: (text: string) => commandOf({ path: text, query: text }, {}),
  };
  expect(slowReadings(urlReaders, urls)).toEqual([]);
});

const context = { botId: 'bot', body: '', operationId: '', receivedAt: 0 };

/** A message of OpenIM that mentions as many as it has room for. */
function mentioning(size: number): string {
  const ids = Array.from({ length: size / 20 }, (_, at) => `u${at}`);
  const atUsersInfo = ids.map((id) => ({ atUserID: id, groupNickname: `name ${id}` }));
  const content = { text: ids.map((id) => `@${id} `).join(''), atUserList: ids, atUsersInfo };
  return JSON.stringify({
    callbackCommand: 'callbackAfterSendGroupMsgCommand',
    sendID: 'alice',
    groupID: 'g',
    contentType: 106,
    sessionType: 3,
    clientMsgID: 'c',
    serverMsgID: 's',
    sendTime: 1,
    content: JSON.stringify(content),
  });
}

function decodedOpenIM(body: string): unknown {
  const record = parseRecord(body) ?? {};
  return decodeOpenIM(parseDocument(commandOf({ path: '', query: '' }, record), record), context);
}

test('a message of OpenIM with mentions of many is read in linear time', () => {
  expect(slowReadings({ decode: decodedOpenIM }, { mentioning })).toEqual([]);
});

type Fields = Readonly<Record<string, unknown>>;

const list = (size: number) => Array.from({ length: size / 8 }, (_, at) => `m${at}`);

test('what an event of WildfireChat is about is told in linear time', () => {
  const inputs = {
    'members of a long group': (size: number): Fields => ({
      groupId: 'g'.repeat(size),
      memberIds: list(size),
    }),
    'two lists': (size: number): Fields => ({ user: list(size), conversation: list(size) }),
  };
  const about = {
    'group.member': (fields: Fields) => subjectsOf('group.member', fields),
    read: (fields: Fields) => subjectsOf('read', fields),
    readMessage,
  };
  expect(slowReadings(about, inputs)).toEqual([]);
});
