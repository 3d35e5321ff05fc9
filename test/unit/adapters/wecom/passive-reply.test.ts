import { describe, expect, test } from 'vitest';
import { createWeComCrypt } from '../../../../src/adapters/shared/wecom-crypt/index.js';
import { readXml } from '../../../../src/adapters/shared/xml/index.js';
import { readEnvelope } from '../../../../src/adapters/wecom/envelope.js';
import {
  type PassiveReply,
  writePassiveReply,
} from '../../../../src/adapters/wecom/passive-reply.js';
import { sealPassiveReply } from '../../../../src/adapters/wecom/seal-reply.js';

const address = { toUserName: 'ZhangSan', fromUserName: 'ww1', at: 1_348_831_860_999 };
const head =
  '<xml><ToUserName><![CDATA[ZhangSan]]></ToUserName><FromUserName><![CDATA[ww1]]></FromUserName><CreateTime>1348831860</CreateTime>';

describe('writePassiveReply', () => {
  test.each<[PassiveReply, string]>([
    [{ type: 'text', text: 'a]]>b' }, '<Content><![CDATA[a]]]]><![CDATA[>b]]></Content>'],
    [{ type: 'image', mediaId: 'm1' }, '<Image><MediaId><![CDATA[m1]]></MediaId></Image>'],
    [{ type: 'voice', mediaId: 'm1' }, '<Voice><MediaId><![CDATA[m1]]></MediaId></Voice>'],
    [
      { type: 'video', mediaId: 'm1', title: 'T' },
      '<Video><MediaId><![CDATA[m1]]></MediaId><Title><![CDATA[T]]></Title></Video>',
    ],
    [
      {
        type: 'news',
        articles: [
          { title: 'A', description: 'D', pictureUrl: 'http://p', url: 'http://u' },
          { title: 'B' },
        ],
      },
      '<ArticleCount>2</ArticleCount><Articles><item><Title><![CDATA[A]]></Title><Description><![CDATA[D]]></Description><PicUrl><![CDATA[http://p]]></PicUrl><Url><![CDATA[http://u]]></Url></item><item><Title><![CDATA[B]]></Title></item></Articles>',
    ],
    [
      { type: 'update_button', replaceName: '已处理' },
      '<Button><ReplaceName><![CDATA[已处理]]></ReplaceName></Button>',
    ],
    [
      { type: 'update_taskcard', replaceName: '已处理' },
      '<TaskCard><ReplaceName><![CDATA[已处理]]></ReplaceName></TaskCard>',
    ],
  ])('%j', (reply, body) => {
    const msgType = `<MsgType><![CDATA[${reply.type}]]></MsgType>`;
    expect(writePassiveReply(reply, address)).toBe(`${head}${msgType}${body}</xml>`);
  });

  test('a template card has the names of its JSON in PascalCase, and lists without wrappers', () => {
    const card = {
      card_type: 'vote_interaction',
      source: { icon_url: 'i', desc: 'd', desc_color: 1 },
      action_menu: {
        desc: 'd',
        action_list: [
          { text: 't1', key: 'k1' },
          { text: 't2', key: 'k2' },
        ],
      },
      horizontal_content_list: [{ keyname: 'k', value: 'v', userid: 'u', media_id: 'm' }],
      card_action: { type: 2, appid: 'a', pagepath: 'p', url: 'http://u' },
      checkbox: {
        question_key: 'q',
        option_list: [{ id: '1', text: 't', is_checked: true }],
        mode: 1,
      },
      submit_button: { text: 's', key: 'k' },
      replace_text: 'r',
    };
    expect(
      readXml(writePassiveReply({ type: 'update_template_card', card }, address)),
    ).toMatchObject({
      MsgType: 'update_template_card',
      TemplateCard: {
        CardType: 'vote_interaction',
        Source: { IconUrl: 'i', Desc: 'd', DescColor: '1' },
        ActionMenu: {
          Desc: 'd',
          ActionList: [
            { Text: 't1', Key: 'k1' },
            { Text: 't2', Key: 'k2' },
          ],
        },
        HorizontalContentList: { KeyName: 'k', Value: 'v', UserId: 'u', MediaId: 'm' },
        CardAction: { Type: '2', AppId: 'a', PagePath: 'p', Url: 'http://u' },
        CheckBox: {
          QuestionKey: 'q',
          OptionList: { Id: '1', Text: 't', IsChecked: 'true' },
          Mode: '1',
        },
        SubmitButton: { Text: 's', Key: 'k' },
        ReplaceText: 'r',
      },
    });
  });

  test('a card cannot write elements of its own, nor go deeper than any card', () => {
    let deep: Record<string, unknown> = {};
    for (let level = 0; level < 100_000; level += 1) deep = { a: deep };
    const card = {
      'a><b': 'x',
      '': 'x',
      '1a': 'x',
      text: '</Text><Evil>]]><Evil>',
      gone: null,
      missing: undefined,
      odd: Number.NaN,
      call: () => 1,
      lists: [[1], 'b', null],
      deep,
    };
    const { TemplateCard } = readXml(
      writePassiveReply({ type: 'update_template_card', card }, address),
    );
    expect(TemplateCard).toMatchObject({ Text: '</Text><Evil>]]><Evil>', Lists: 'b' });
    expect(Object.keys(TemplateCard as object)).toEqual(['Text', 'Lists', 'Deep']);
  });

  test('a document of JSON is answered in JSON', () => {
    expect(JSON.parse(writePassiveReply({ type: 'text', text: 'hi' }, address, 'json'))).toEqual({
      ToUserName: 'ZhangSan',
      FromUserName: 'ww1',
      CreateTime: 1_348_831_860,
      MsgType: 'text',
      Content: 'hi',
    });
  });
});

describe('sealPassiveReply', () => {
  const crypt = createWeComCrypt({
    token: 'QDG6eK',
    encodingAesKey: 'k'.repeat(43),
    receiveId: 'ww1',
  });
  const reply = { type: 'text', text: '你好' } as const;
  const json = { form: 'json', documentForm: 'json' } as const;

  test('seals in XML what WeCom opens with the same keys', () => {
    const body = sealPassiveReply(crypt, reply, address);
    const envelope = readXml(body) as Record<string, string>;
    const { MsgSignature = '', TimeStamp = '', Nonce = '', Encrypt = '' } = envelope;
    expect(TimeStamp).toBe('1348831860');
    const signed = { signature: MsgSignature, timestamp: TimeStamp, nonce: Nonce };
    expect(crypt.open(signed, Encrypt)).toBe(writePassiveReply(reply, address));
  });

  test('seals in JSON what came in JSON, under another nonce each time', () => {
    const first = sealPassiveReply(crypt, reply, address, json);
    const second = sealPassiveReply(crypt, reply, address, json);
    expect(crypt.decrypt(readEnvelope(first).encrypt)).toBe(
      writePassiveReply(reply, address, 'json'),
    );
    expect(JSON.parse(first)).toMatchObject({ timestamp: '1348831860' });
    expect((JSON.parse(first) as { nonce: string }).nonce).not.toBe(
      (JSON.parse(second) as { nonce: string }).nonce,
    );
  });
});
