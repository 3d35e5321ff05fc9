import { describe, expect, test } from 'vitest';
import { readXml } from '../../../../../src/adapters/shared/xml/index.js';
import {
  findEvent,
  knownEvents,
  parseDocument,
} from '../../../../../src/adapters/wecom/schema/index.js';
import { eventXml, messageXml, wecomSamples } from '../../../../support/wecom-samples.js';

const parse = (xml: string) => parseDocument(readXml(xml));
const cases = wecomSamples.flatMap(({ event, changeTypes, xml, fields }) =>
  changeTypes.map((changeType) => [event, changeType, xml, fields] as const),
);

const updateOf = (list: string) =>
  parse(eventXml('change_external_chat', 'update', `<ChatId>c</ChatId>${list}`));
const pictureOf = (sum: string) => `<PicList><item><PicMd5Sum>${sum}</PicMd5Sum></item></PicList>`;
const nameOf = (event: string, changeType: string) => `${event}/${changeType}`;

describe('parseDocument reads events', () => {
  test.each(cases)('%s %s', (event, changeType, xml, fields) => {
    const { raw, ...document } = parse(eventXml(event, changeType, xml));

    expect(document).toMatchObject({
      MsgType: 'event',
      Event: event,
      ChangeType: changeType,
      ToUserName: 'ww1',
      FromUserName: 'sys',
      CreateTime: 1_403_610_513,
      AgentID: 2,
      ...fields,
    });
    expect(raw).toEqual(readXml(eventXml(event, changeType, xml)));
  });

  test('every known event has a sample, and every sample is known', () => {
    expect(knownEvents.map((one) => nameOf(one.event, one.changeType)).toSorted()).toEqual(
      cases.map(([event, changeType]) => nameOf(event, changeType)).toSorted(),
    );
  });

  test('knows more than 150 kinds, each once and in both languages', () => {
    const names = knownEvents.map(({ event, changeType }) => `${event}/${changeType}`);
    expect(new Set(names).size).toBe(names.length);
    for (const { text } of knownEvents) {
      expect(text.en).toMatch(/^[A-Z][ -~’]+$/u);
      expect(text.zh).toMatch(/\p{Script=Han}/u);
    }
    expect(names.length).toBeGreaterThan(150);
  });

  test('only what page 90241 names takes a passive reply', () => {
    const answered = knownEvents.filter((one) => one.passiveReply !== 'none');
    expect(Object.fromEntries(answered.map((one) => [one.event, one.passiveReply]))).toEqual({
      subscribe: 'message',
      enter_agent: 'message',
      LOCATION: 'message',
      click: 'message',
      view: 'message',
      view_miniprogram: 'message',
      scancode_waitmsg: 'message',
      template_card_event: 'card',
      template_card_menu_event: 'message',
      taskcard_click: 'taskcard',
    });
  });
});

describe('parseDocument reads messages', () => {
  test.each([
    ['text', '<Content><![CDATA[  00123\n]]></Content>', { Content: '  00123\n' }],
    [
      'image',
      '<PicUrl>http://p</PicUrl><MediaId>m1</MediaId>',
      { PicUrl: 'http://p', MediaId: 'm1' },
    ],
    ['voice', '<MediaId>m1</MediaId><Format>amr</Format>', { MediaId: 'm1', Format: 'amr' }],
    ['video', '<MediaId>m1</MediaId><ThumbMediaId>t1</ThumbMediaId>', { ThumbMediaId: 't1' }],
    [
      'location',
      '<Location_X>23.134521</Location_X><Location_Y>113.358803</Location_Y><Scale>20</Scale><Label>位置信息</Label><AppType>wxwork</AppType>',
      { Location_X: 23.134521, Location_Y: 113.358803, Scale: 20, Label: '位置信息' },
    ],
    [
      'link',
      '<Title>T</Title><Description>D</Description><Url>http://u</Url>',
      { Title: 'T', Url: 'http://u' },
    ],
    ['file', '<MediaId>m1</MediaId><FileName>a.pdf</FileName>', { FileName: 'a.pdf' }],
  ])('%s', (msgType, inner, fields) => {
    expect(parse(messageXml(msgType, inner))).toMatchObject({
      MsgType: msgType,
      FromUserName: 'ZhangSan',
      MsgId: '6972028683187026694',
      AgentID: 1,
      ...fields,
    });
  });
});

describe('parseDocument takes what WeCom gets wrong', () => {
  test.each([
    ['smart_sheet_change', 'add_filed', 'add_field', '<DocId>d</DocId><SheetId>s</SheetId>'],
    ['change_school_contact', 'create_deparmtment', 'create_department', '<Id>1</Id>'],
    ['location', '', '', ''],
  ])('%s %s', (event, given, changeType, inner) => {
    expect(parse(eventXml(event, given, inner))).toMatchObject({
      MsgType: 'event',
      ChangeType: changeType,
    });
  });

  test('OpitonIds are OptionIds', () => {
    const xml =
      '<SelectedItems><SelectedItem><QuestionKey>q</QuestionKey><OpitonIds><OpitonId>a</OpitonId></OpitonIds></SelectedItem></SelectedItems>';
    expect(parse(eventXml('template_card_event', '', xml))).toMatchObject({
      SelectedItems: [{ QuestionKey: 'q', OptionIds: ['a'] }],
    });
  });

  test('the right spelling wins over the wrong one', () => {
    const xml =
      '<ApprovalInfo><Applier><UserId>right</UserId></Applier><Applyer><UserId>wrong</UserId></Applyer></ApprovalInfo>';
    expect(parse(eventXml('sys_approval_change', '', xml))).toMatchObject({
      ApprovalInfo: { Applier: { UserId: 'right' } },
    });
  });

  test('ApproverStep is taken in either spelling', () => {
    const xml = '<ApprovalInfo><ApproverStep>1</ApproverStep></ApprovalInfo>';
    expect(parse(eventXml('open_approval_change', '', xml))).toMatchObject({
      ApprovalInfo: { ApproverStep: 1 },
    });
  });

  test('PicList may be repeated with one picture each', () => {
    const xml = `<EventKey>k</EventKey><SendPicsInfo><Count>2</Count>${pictureOf('a')}${pictureOf('b')}</SendPicsInfo>`;
    expect(parse(eventXml('pic_weixin', '', xml))).toMatchObject({
      SendPicsInfo: { PicList: [{ PicMd5Sum: 'a' }, { PicMd5Sum: 'b' }] },
    });
  });

  test('batch_job_result may be flat', () => {
    const xml =
      '<JobId>j</JobId><JobType>sync_user</JobType><ErrCode>0</ErrCode><ErrMsg>ok</ErrMsg>';
    expect(parse(eventXml('batch_job_result', '', xml))).toMatchObject({ JobId: 'j', ErrCode: 0 });
  });

  test('MemChangeList may be empty, missing, or of one', () => {
    expect(updateOf('')).toMatchObject({ MemChangeList: [] });
    expect(updateOf('<MemChangeList></MemChangeList>')).toMatchObject({ MemChangeList: [] });
    expect(updateOf('<MemChangeList><Item>a</Item></MemChangeList>')).toMatchObject({
      MemChangeList: ['a'],
    });
  });

  test('white space around words is layout', () => {
    const xml =
      '<xml>\n  <MsgType>\n    <![CDATA[event]]>\n  </MsgType>\n <Event> click\n</Event><EventKey>\nk </EventKey></xml>';
    expect(parse(xml)).toMatchObject({ Event: 'click', EventKey: 'k', FromUserName: '' });
  });

  test('an empty number is absent', () => {
    const document = parse(
      eventXml('change_contact', 'create_party', '<Id>1</Id><Order> </Order>').replace(
        '>2</A',
        '></A',
      ),
    );
    expect(document).toMatchObject({ MsgType: 'event', Order: undefined, AgentID: undefined });
  });

  test('absent is not empty', () => {
    const document = parse(
      eventXml(
        'change_contact',
        'update_user',
        '<UserID>a</UserID><Alias></Alias><Department></Department>',
      ),
    );
    expect(document).toMatchObject({ MsgType: 'event', Alias: '', Department: [] });
    expect(document).not.toHaveProperty('Name');
    expect(document).not.toHaveProperty('ExtAttr');
    expect(document).not.toHaveProperty('DirectLeader');
  });
});

describe('parseDocument keeps what it does not know', () => {
  test('an unknown event', () => {
    expect(parse(eventXml('new_event', 'new_type', '<A>1</A>'))).toMatchObject({
      MsgType: 'other',
      originalMsgType: 'event',
      Event: 'new_event',
      ChangeType: 'new_type',
      misfits: [],
      raw: { A: '1' },
    });
  });

  test('a known ChangeType under another event', () => {
    expect(parse(eventXml('change_external_tag', 'dismiss', '<Id>1</Id>')).MsgType).toBe('other');
  });

  test('an unknown kind of message', () => {
    expect(parse(messageXml('mixed', '<A>1</A>'))).toMatchObject({
      MsgType: 'other',
      originalMsgType: 'mixed',
      misfits: [],
    });
  });

  test('a known event without what it must have, naming the field and not its value', () => {
    const document = parse(
      eventXml(
        'change_external_chat',
        'update',
        '<ChatId><secret>x</secret></ChatId><JoinScene>x</JoinScene>',
      ),
    );
    expect(document).toMatchObject({
      MsgType: 'other',
      Event: 'change_external_chat',
      misfits: ['ChatId', 'JoinScene'],
    });
  });

  test('a message without what it must have', () => {
    expect(parse(messageXml('image', ''))).toMatchObject({
      MsgType: 'other',
      misfits: ['MediaId'],
    });
  });

  test('a document of the suite interface', () => {
    const xml =
      '<xml><SuiteId>s</SuiteId><InfoType>suite_ticket</InfoType><TimeStamp>1</TimeStamp><SuiteTicket>t</SuiteTicket></xml>';
    expect(parse(xml)).toMatchObject({ MsgType: 'info', InfoType: 'suite_ticket', ChangeType: '' });
  });

  test('fields named like parts of objects', () => {
    const names = ['__proto__', 'constructor', 'toString'];
    const inner = names.map((name) => `<${name}><a>1</a></${name}>`).join('');
    const document = parse(eventXml('click', '', `<EventKey>k</EventKey>${inner}`));
    expect(document).toMatchObject({ MsgType: 'event', EventKey: 'k' });
    expect(Object.keys(document.raw)).toEqual(expect.arrayContaining(names));
    expect({}).not.toHaveProperty('a');
  });
});

test('findEvent has letter case right', () => {
  expect(findEvent('location', '')?.event).toBe('LOCATION');
  expect(findEvent('Change_Contact', 'CREATE_USER')?.changeType).toBe('create_user');
  expect(findEvent('change_contact', '')).toBeUndefined();
});
