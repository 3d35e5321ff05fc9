import { expect, test } from 'vitest';
import { readXml } from '../../../src/adapters/shared/xml/index.js';
import { decode as decodeApp } from '../../../src/adapters/wecom/decode.js';
import { parseDocument } from '../../../src/adapters/wecom/schema/index.js';
import { decode as decodeBot } from '../../../src/adapters/wecom-bot/decode.js';
import { parseJson } from '../../../src/adapters/wecom-bot/parse-json.js';
import { callbackSchema } from '../../../src/adapters/wecom-bot/schema/callback.js';
import { slowReadings, times } from '../../support/growth.js';

/** What one platform writes into one document, in pieces that repeat. */
const header = '<xml><FromUserName>a</FromUserName><CreateTime>1</CreateTime><AgentID>1</AgentID>';
const text = `${header}<MsgType>text</MsgType><MsgId>1</MsgId>`;
const event = `${header}<MsgType>event</MsgType><Event>click</Event>`;
const card = `${header}<MsgType>event</MsgType><Event>template_card_event</Event>`;
const chat = `${header}<MsgType>event</MsgType><Event>change_external_chat</Event><ChangeType>update</ChangeType>`;

const documents = {
  'a long text': times('好 @a ', `${text}<Content>`, '</Content></xml>'),
  'references in a text': times('&lt;', `${text}<Content>`, '</Content></xml>'),
  'sections in a text': times('<![CDATA[]]>', `${text}<Content>`, '</Content></xml>'),
  'one name many times': times('<a>1</a>', event, '</xml>'),
  'many names': (size: number) =>
    `${event}${Array.from({ length: size / 16 }, (_, at) => `<k${at}>1</k${at}>`).join('')}</xml>`,
  'elements in elements': times('<a>', event),
  'a long key': times('a.', `${event}<EventKey>`, '</EventKey></xml>'),
  'chosen options': times(
    '<SelectedItem><QuestionKey>k</QuestionKey><OptionIds><OptionId>1</OptionId></OptionIds></SelectedItem>',
    `${card}<SelectedItems>`,
    '</SelectedItems></xml>',
  ),
  'members of a chat': times('<Item>a</Item>', `${chat}<MemChangeList>`, '</MemChangeList></xml>'),
  pictures: times(
    '<item><PicMd5Sum>a</PicMd5Sum></item>',
    `${event}<SendPicsInfo><PicList>`,
    '</PicList></SendPicsInfo></xml>',
  ),
};

function decodedApp(plaintext: string): unknown {
  const document = parseDocument(readXml(plaintext, { maxLength: 1e9, maxElements: 1e9 }));
  return decodeApp(document, { botId: '1', plaintext, receivedAt: 0 });
}

test('decodedApp, a document of a WeCom app, is read in linear time', () => {
  expect(slowReadings({ decodedApp }, documents)).toEqual([]);
});

const said = '{"msgid":"1","from":{"userid":"a"},"chatid":"c","chattype":"group",';
const click = `${said}"msgtype":"event","event":{"eventtype":"template_card_event","template_card_event":{"selected_items":{"selected_item":[`;

const callbacks = {
  'a text that mentions': times('@机器人 ', `${said}"msgtype":"text","text":{"content":"`, '"}}'),
  'signs in a text': times('@', `${said}"msgtype":"text","text":{"content":"`, '"}}'),
  'raw controls': times('\n', `${said}"msgtype":"text","text":{"content":"`, '"}}'),
  'a mixed message': times(
    '{"msgtype":"text","text":{"content":"@机器人 a"}},{"msgtype":"image","image":{"url":"u"}},',
    `${said}"msgtype":"mixed","mixed":{"msg_item":[`,
    '{"msgtype":"text"}]}}',
  ),
  'a quotation': times(
    '「a」',
    `${said}"msgtype":"text","text":{"content":"@机器人"},"quote":{"msgtype":"text","text":{"content":"`,
    '"}}}',
  ),
  'chosen options': times(
    '{"question_key":"k","option_ids":{"option_id":["1","2"]}},',
    click,
    '{"question_key":"l"}]}}}}',
  ),
  'one question': times(
    '"1",',
    `${click}{"question_key":"k","option_ids":{"option_id":[`,
    '"2"]}}]}}}}',
  ),
  reasons: times(
    '1,',
    `${said}"msgtype":"event","event":{"eventtype":"feedback_event","feedback_event":{"id":"1","inaccurate_reason_list":[`,
    '1]}}}',
  ),
  'fields that nobody knows': times('"a":1,', said, '"b":1}'),
};

function decodedBot(plaintext: string): unknown {
  const context = { botId: 'wecomBot', botName: '机器人', plaintext, receivedAt: 0 };
  return decodeBot(callbackSchema.parse(parseJson(plaintext)), context);
}

test('decodedBot, a callback of a WeCom AI bot, is read in linear time', () => {
  expect(slowReadings({ decodedBot }, callbacks)).toEqual([]);
});

test('what is measured is read: each document means something', () => {
  for (const [name, make] of Object.entries(documents)) {
    if (name === 'elements in elements') continue;
    expect([name, decodedApp(make(400))]).toEqual([name, expect.anything()]);
  }
  const kinds = Object.values(callbacks).map(
    (make) => (decodedBot(make(400)) as { kind: string }).kind,
  );
  expect(kinds).toEqual([...Array(5).fill('messages'), 'click', 'click', 'event', 'unknown']);
});
