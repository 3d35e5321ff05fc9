import { describe, expect, test } from 'vitest';
import { types } from 'wechaty-puppet';
import { readXml } from '../../../../src/adapters/shared/xml/index.js';
import { decode } from '../../../../src/adapters/wecom/decode.js';
import { knownEvents, parseDocument } from '../../../../src/adapters/wecom/schema/index.js';
import { eventXml, messageXml, wecomSamples } from '../../../support/wecom-samples.js';

const customer = 'wmqfasd1e1927831123109rBAAAAAAAA';

function read(plaintext: string) {
  const document = parseDocument(readXml(plaintext));
  return decode(document, { botId: '1000002', plaintext, receivedAt: 1_700_000_000_500 });
}

const update = (detail: string, rest: string) =>
  read(
    eventXml(
      'change_external_chat',
      'update',
      `<ChatId>wrA</ChatId><UpdateDetail>${detail}</UpdateDetail>${rest}`,
    ),
  );
const added = (id: string) =>
  read(
    eventXml(
      'change_external_contact',
      'add_external_contact',
      `<UserID>a</UserID><ExternalUserID>${id}</ExternalUserID>`,
    ),
  );
const clickOf = (id: string) => read(eventXml('click', '', '<EventKey>k</EventKey>', id));

describe('messages', () => {
  test('a text', () => {
    expect(read(messageXml('text', '<Content><![CDATA[ 你好 ]]></Content>'))).toEqual({
      kind: 'message',
      id: '6972028683187026694',
      payload: {
        id: '6972028683187026694',
        type: types.Message.Text,
        talkerId: 'zhangsan',
        listenerId: '1000002',
        text: ' 你好 ',
        timestamp: 1_348_831_860,
      },
    });
  });

  test.each([
    [
      'image',
      '<PicUrl>http://p</PicUrl><MediaId>m1</MediaId>',
      { type: types.Message.Image, filename: '6972028683187026694.jpg' },
      { media: { mediaId: 'm1', pictureUrl: 'http://p' } },
    ],
    [
      'voice',
      '<MediaId>m1</MediaId><Format>speex</Format><Recognition>你好</Recognition>',
      { type: types.Message.Audio, filename: '6972028683187026694.speex', text: '你好' },
      { media: { mediaId: 'm1', format: 'speex' } },
    ],
    [
      'voice',
      '<MediaId>m1</MediaId>',
      { type: types.Message.Audio, filename: '6972028683187026694.amr' },
      { media: { mediaId: 'm1', format: 'amr' } },
    ],
    [
      'video',
      '<MediaId>m1</MediaId><ThumbMediaId>t1</ThumbMediaId>',
      { type: types.Message.Video, filename: '6972028683187026694.mp4' },
      { media: { mediaId: 'm1', thumbMediaId: 't1' } },
    ],
    [
      'file',
      '<MediaId>m1</MediaId><FileName>报告.pdf</FileName>',
      { type: types.Message.Attachment, filename: '报告.pdf' },
      { media: { mediaId: 'm1' } },
    ],
    [
      'file',
      '<MediaId>m1</MediaId><FileName>..\\../etc/passwd</FileName>',
      { type: types.Message.Attachment, filename: 'passwd' },
      { media: { mediaId: 'm1' } },
    ],
    [
      'file',
      '<MediaId>m1</MediaId><FileName>a/..</FileName>',
      { type: types.Message.Attachment, filename: '6972028683187026694' },
      { media: { mediaId: 'm1' } },
    ],
    [
      'location',
      '<Location_X>23.5</Location_X><Location_Y>113.25</Location_Y><Scale>20</Scale><Label>海珠区</Label>',
      { type: types.Message.Location, text: '海珠区\n23.5,113.25' },
      {
        location: {
          latitude: 23.5,
          longitude: 113.25,
          name: '海珠区',
          address: '海珠区',
          accuracy: 0,
        },
      },
    ],
    [
      'link',
      '<Title>T</Title><Description>D</Description><Url>http://u</Url><PicUrl>http://p</PicUrl>',
      { type: types.Message.Url, text: 'T\nD\nhttp://u' },
      { link: { title: 'T', description: 'D', url: 'http://u', thumbnailUrl: 'http://p' } },
    ],
  ])('%s: %s', (msgType, inner, payload, beside) => {
    const id = '6972028683187026694';
    const common = { id, talkerId: 'zhangsan', listenerId: '1000002', timestamp: 1_348_831_860 };
    expect(read(messageXml(msgType, inner))).toEqual({
      kind: 'message',
      id,
      payload: { ...common, ...payload },
      ...beside,
    });
  });

  test.each(['sys', 'SYS', ''])('%j is no talker', (from) => {
    const decoded = read(messageXml('text', '<Content>x</Content>', from));
    expect(decoded).toMatchObject({ kind: 'platform', name: 'wecom:text' });
    expect(decoded).not.toHaveProperty('userId');
    expect(decoded).not.toHaveProperty('conversation');
  });

  test('the time of arrival stands in for a missing time, a hash for a missing id', () => {
    const xml =
      '<xml><FromUserName>a</FromUserName><MsgType>text</MsgType><Content>x</Content></xml>';
    const { id, ...decoded } = read(xml);
    expect(id).toMatch(/^[\w-]{22}$/u);
    expect(decoded).toMatchObject({ payload: { id, timestamp: 1_700_000_000 } });
  });

  test('an unknown kind of message is an event of its sender', () => {
    expect(read(messageXml('mixed', '<A>1</A>'))).toMatchObject({
      kind: 'platform',
      name: 'wecom:mixed',
      userId: 'zhangsan',
      conversation: { kind: 'contact', id: 'zhangsan' },
      variables: { A: '1' },
    });
  });
});

describe('customers and their groups', () => {
  const relation = `<UserID>ZhangSan</UserID><ExternalUserID>${customer}</ExternalUserID>`;

  test.each(['add_external_contact', 'add_half_external_contact'])(
    '%s is a friendship',
    (change) => {
      const xml = eventXml(
        'change_external_contact',
        change,
        `${relation}<State>s</State><WelcomeCode>SECRET</WelcomeCode>`,
      );
      const decoded = read(xml);
      expect(decoded).toMatchObject({
        kind: 'friendship',
        name: `wecom:change_external_contact/${change}`,
        userId: 'zhangsan',
        payload: {
          id: decoded.id,
          contactId: customer,
          timestamp: 1_403_610_513,
          type: types.Friendship.Confirm,
        },
        codes: { welcomeCode: 'SECRET' },
        variables: { State: 's' },
      });
      expect(JSON.stringify({ ...decoded, codes: {} })).not.toContain('SECRET');
    },
  );

  const members = `<MemChangeList><Item>ZhangSan</Item><Item>${customer}</Item></MemChangeList>`;

  test.each([
    ['add_member', '<JoinScene>0</JoinScene>', 'room-join', 'invited'],
    ['add_member', '<JoinScene>3</JoinScene>', 'room-join', 'qr-code'],
    ['add_member', '', 'room-join', undefined],
    ['del_member', '<QuitScene>0</QuitScene>', 'room-leave', 'left'],
    ['del_member', '<QuitScene>1</QuitScene>', 'room-leave', 'removed'],
  ])('%s %s is %s', (detail, scene, kind, expected) => {
    const { variables, raw, codes, ...decoded } = update(
      detail,
      scene + members,
    ) as unknown as Record<string, unknown>;
    expect(decoded).toEqual({
      kind,
      id: expect.any(String),
      name: 'wecom:change_external_chat/update',
      timestamp: 1_403_610_513,
      roomId: 'wrA',
      memberIds: ['zhangsan', customer],
      ...(expected === undefined ? {} : { scene: expected }),
    });
    expect([variables, raw, codes]).not.toContain(undefined);
  });

  test('change_name is a topic', () => {
    expect(update('change_name', '')).toMatchObject({ kind: 'room-topic', roomId: 'wrA' });
  });

  test.each([
    ['add_member', '<MemChangeCnt>1</MemChangeCnt>'],
    ['change_owner', members],
    ['change_notice', ''],
  ])('%s %s has no word', (detail, rest) => {
    expect(update(detail, rest)).toMatchObject({
      kind: 'platform',
      name: 'wecom:change_external_chat/update',
      conversation: { kind: 'room', id: 'wrA' },
      variables: { UpdateDetail: detail },
    });
  });
});

describe('platform events', () => {
  const spoken = new Set(['add_external_contact', 'add_half_external_contact', 'update']);
  const others = wecomSamples.flatMap(({ event, changeTypes, xml }) =>
    changeTypes
      .filter((change) => !(event.startsWith('change_external_c') && spoken.has(change)))
      .map((change) => [event, change, xml] as const),
  );

  test('are all but three of the known ones', () => {
    expect(others.length).toBe(knownEvents.length - 3);
  });

  test.each(others)('%s %s', (event, change, xml) => {
    const name = change === '' ? `wecom:${event}` : `wecom:${event}/${change}`;
    const decoded = read(eventXml(event, change, xml));
    expect(decoded).toMatchObject({ kind: 'platform', name, timestamp: 1_403_610_513 });
    expect(decoded).toMatchObject({ variables: { Event: event, ToUserName: 'ww1' } });
    expect('conversation' in decoded).toBe(xml.includes('<ChatId>'));
  });

  test('the member who pressed is the user, without letter case', () => {
    expect(read(eventXml('click', '', '<EventKey>K</EventKey>', 'ZhangSan'))).toMatchObject({
      userId: 'zhangsan',
      conversation: { kind: 'contact', id: 'zhangsan' },
      variables: { EventKey: 'K', FromUserName: 'ZhangSan' },
    });
  });

  test('whom the system tells about is the user, in no chat', () => {
    const decoded = read(eventXml('change_contact', 'delete_user', '<UserID>ZhangSan</UserID>'));
    expect(decoded).toMatchObject({ userId: 'zhangsan' });
    expect(decoded).not.toHaveProperty('conversation');
  });

  test('variables are flat, and repeated texts are joined', () => {
    const xml =
      '<EventKey>k</EventKey><ScanCodeInfo><ScanType>qrcode</ScanType><ScanResult>1</ScanResult></ScanCodeInfo><Id>1</Id><Id>2</Id><L><a/></L><L/>';
    expect(read(eventXml('scancode_push', '', xml))).toMatchObject({
      variables: {
        ToUserName: 'ww1',
        FromUserName: 'sys',
        CreateTime: '1403610513',
        MsgType: 'event',
        Event: 'scancode_push',
        EventKey: 'k',
        'ScanCodeInfo.ScanType': 'qrcode',
        'ScanCodeInfo.ScanResult': '1',
        Id: '1,2',
        AgentID: '2',
      },
    });
  });

  test('letter case is put right, spellings too; what came stays in the variables', () => {
    expect(read(eventXml('location', '', ''))).toMatchObject({ name: 'wecom:LOCATION' });
    const sheet = '<DocId>d</DocId><SheetId>s</SheetId><FieldId>f</FieldId>';
    expect(read(eventXml('smart_sheet_change', 'add_filed', sheet))).toMatchObject({
      name: 'wecom:smart_sheet_change/add_field',
      variables: { ChangeType: 'add_filed' },
    });
  });

  test('unknown events and those of suites have a name too', () => {
    expect(read(eventXml('new_event', 'new_type', ''))).toMatchObject({
      name: 'wecom:new_event/new_type',
    });
    expect(
      read(
        '<xml><InfoType>change_contact</InfoType><ChangeType>create_user</ChangeType><UserID>A</UserID></xml>',
      ),
    ).toMatchObject({
      name: 'wecom:change_contact/create_user',
      userId: 'a',
      timestamp: 1_700_000_000,
    });
    expect(read('<xml></xml>')).toMatchObject({ name: 'wecom:unknown', variables: {}, raw: '{}' });
  });

  test('a kf event names nobody, and its token is not told', () => {
    const decoded = read(
      '<xml><CreateTime>1</CreateTime><MsgType>event</MsgType><Event>kf_msg_or_event</Event><Token>SECRET</Token><OpenKfId>wk1</OpenKfId></xml>',
    );
    expect(decoded).toMatchObject({ codes: { token: 'SECRET' }, variables: { OpenKfId: 'wk1' } });
    expect(decoded).not.toHaveProperty('userId');
  });

  test.each([
    'ChatKey',
    'WelcomeCode',
    'Token',
    'ResponseCode',
    'OnceKey',
    'SuiteTicket',
    'AuthCode',
    'responsecode',
  ])('%s is in neither variables nor raw, however deep', (name) => {
    const secret = `<${name}>SECRET</${name}>`;
    const xml = eventXml(
      'click',
      '',
      `<EventKey>k</EventKey>${secret}<A>${secret}<B>1</B></A><L>${secret}</L><L/>`,
    );
    const { codes: _codes, ...told } = read(xml) as unknown as Record<string, unknown>;
    expect(JSON.stringify(told)).not.toContain('SECRET');
    expect(JSON.parse(String(told['raw']))).toMatchObject({ EventKey: 'k', A: { B: '1' } });
  });

  test('a fields named __proto__ changes nothing', () => {
    const { variables } = read(
      eventXml('click', '', '<EventKey>k</EventKey><__proto__>x</__proto__>'),
    ) as {
      variables: Record<string, string>;
    };
    expect(Object.getPrototypeOf(variables)).toBe(Object.prototype);
    expect(variables['EventKey']).toBe('k');
  });
});

describe('ids', () => {
  const click = eventXml('click', '', '<EventKey>k</EventKey>', 'a');

  test('an event sent twice has one id', () => {
    expect(read(click).id).toBe(read(click).id);
  });

  test('two customers of one second have two', () => {
    expect(added('wm1').id).not.toBe(added('wm2').id);
  });

  test('ids of customers keep their letter case, those of members do not', () => {
    expect(clickOf(customer)).toMatchObject({ userId: customer });
    expect(clickOf('wmqfasd1e1927831123109rBAAAA')).toMatchObject({
      userId: 'wmqfasd1e1927831123109rBAAAA',
    });
    expect(clickOf('WMarvin')).toMatchObject({ userId: 'wmarvin' });
    expect(clickOf('wwCORP/UserA')).toMatchObject({ userId: 'wwcorp/usera' });
  });
});
