import { describe, expect, it } from 'vitest';
import { types } from 'wechaty-puppet';
import type { DecodedMessage } from '../../../../src/adapters/openim/decode/decoded.js';
import { type Circumstances, decodeBody, decodeSample } from '../../../support/decode-openim.js';
import { documentedRequest } from '../../../support/openim-page.js';

const single = 'callbackAfterSendSingleMsgCommand';
const group = 'callbackAfterSendGroupMsgCommand';

function messageOf(
  changes: Readonly<Record<string, unknown>>,
  name: typeof single | typeof group = single,
  around: Circumstances = {},
): DecodedMessage {
  const decoded = decodeSample(name, changes, around);
  if (decoded.kind !== 'message') throw new Error(`It is a ${decoded.kind}.`);
  return decoded;
}

/** A message of a type whose content is a document. */
function contentOf(contentType: number, element: object): DecodedMessage {
  return messageOf({ contentType, content: JSON.stringify(element) });
}

describe('a message as the documentation shows it', () => {
  it('is a text to the bot', () => {
    expect(decodeBody(single, documentedRequest, { botId: 'user456' })).toEqual({
      kind: 'message',
      id: 'user123/clientMsg123',
      payload: {
        id: 'clientMsg123',
        type: types.Message.Text,
        text: 'Hello, how are you?',
        talkerId: 'user123',
        listenerId: 'user456',
        timestamp: 1_673_048_592,
      },
      isSelf: false,
      conversationId: 'si_user123_user456',
    });
  });

  it('is an event for rules that ask for it when it is between two others', () => {
    const heard = decodeBody(single, documentedRequest, { botId: 'bot' });
    expect(heard).toMatchObject({
      kind: 'platform',
      name: `openim:${single}`,
      userId: 'user123',
      payload: {
        text: 'Hello, how are you?',
        talkerId: 'user123',
        listenerId: 'user456',
        roomId: '',
      },
      variables: { recvID: 'user456', sendTime: '1673048592000' },
      raw: documentedRequest,
    });
    expect(heard).not.toHaveProperty('conversation');
  });
});

describe('a message', () => {
  it('of a private chat has the text of its document', () => {
    expect(messageOf({})).toMatchObject({
      payload: {
        id: 'c1',
        type: types.Message.Text,
        text: '你好 <b>',
        talkerId: 'alice',
        listenerId: 'bot',
      },
      conversationId: 'si_alice_bot',
    });
    expect(messageOf({}).payload).not.toHaveProperty('roomId');
  });

  it('of a group has a room, and of the bot it is its own', () => {
    const mine = messageOf({ sendID: 'bot' }, group);
    expect(mine).toMatchObject({
      isSelf: true,
      conversationId: 'sg_g1',
      payload: { roomId: 'g1' },
    });
    expect(messageOf({ sendID: 'bot', recvID: 'alice' })).toMatchObject({
      isSelf: true,
      payload: { listenerId: 'alice' },
    });
  });

  it.each([2, 3, '3', null])(
    'of session type %s is a group message by its group',
    (sessionType) => {
      expect(messageOf({ sessionType }, group).payload).toMatchObject({ roomId: 'g1' });
    },
  );

  it('has the same id from all commands that tell of it, and another from another sender', () => {
    const stored = decodeSample('callbackAfterMsgSaveDBCommand');
    expect(stored).toMatchObject({ kind: 'message', id: messageOf({}).id });
    expect(messageOf({ sendID: 'eve' }).id).not.toBe(messageOf({}).id);
  });

  it('without a client id has that of the server, and without both one of its own', () => {
    expect(messageOf({ clientMsgID: '' }).payload.id).toBe('s1');
    const made = messageOf({ clientMsgID: '', serverMsgID: null }).payload.id;
    expect(made).toMatch(/^[\w-]{22}$/u);
    expect(messageOf({ clientMsgID: '', serverMsgID: null, content: 'x' }).payload.id).not.toBe(
      made,
    );
  });

  it('without a time of sending was sent when it was made, or when it came', () => {
    expect(messageOf({ sendTime: undefined }).payload.timestamp).toBe(1_673_048_591);
    expect(messageOf({ sendTime: 0, createTime: '1673048590000' }).payload.timestamp).toBe(
      1_673_048_590,
    );
    expect(messageOf({ sendTime: null, createTime: null }).payload.timestamp).toBe(1_764_572_000);
  });

  it.each([1000, 1201, 1400, 1509, 2001, 2101, 2200, 5000])(
    'of type %i is a notice of the system, and nobody hears it',
    (contentType) => {
      const notice = { kind: 'ignored', reason: 'notice' };
      expect(decodeSample(group, { contentType, content: '' })).toEqual(notice);
      expect(decodeSample('callbackBeforeSendGroupMsgCommand', { contentType })).toEqual(notice);
    },
  );

  it('that is being typed is none', () => {
    expect(decodeSample(single, { contentType: 113 })).toEqual({
      kind: 'ignored',
      reason: 'typing',
    });
  });

  it.each([
    ['no document', 'Hello'],
    ['a broken document', '{"content":'],
    ['a list', '["content"]'],
    ['another document', '{"text":"x"}'],
    ['a text in another form', '{"content":{"a":1}}'],
    ['nothing', ''],
  ])('whose content is %s is a text as it stands', (_what, content) => {
    expect(messageOf({ content }).payload).toMatchObject({
      type: types.Message.Text,
      text: content,
    });
  });

  it('of an unknown type is a text unless it is a document', () => {
    expect(messageOf({ contentType: 999, content: '你好' }).payload).toMatchObject({
      type: types.Message.Text,
      text: '你好',
    });
    expect(messageOf({ contentType: 999, content: '{"a":1}' }).payload).toMatchObject({
      type: types.Message.Unknown,
      text: '{"a":1}',
    });
  });
});

describe('the content of a message', () => {
  it('is a picture, the whole one if it is there', () => {
    const picture = { type: 'image/png', size: 5, width: 1, height: 1, url: 'http://im/object/a' };
    const found = contentOf(102, {
      sourcePath: '/home/alice/a.png',
      sourcePicture: picture,
      snapshotPicture: { url: 'http://im/object/a?type=image', width: 640, height: 640 },
    });
    expect(found).toMatchObject({
      payload: { type: types.Message.Image, filename: 'c1.png' },
      media: {
        url: 'http://im/object/a',
        size: 5,
        mediaType: 'image/png',
        thumbnailUrl: 'http://im/object/a?type=image',
      },
    });
    expect(
      contentOf(102, { sourcePicture: null, bigPicture: { url: 'http://im/b' } }).media,
    ).toEqual({
      url: 'http://im/b',
    });
  });

  it('is a voice, a video, a file', () => {
    expect(
      contentOf(103, { sourceUrl: 'http://im/object/v.amr', dataSize: 9, duration: 3 }),
    ).toMatchObject({
      payload: { type: types.Message.Audio, filename: 'c1.amr' },
      media: { url: 'http://im/object/v.amr', size: 9, seconds: 3 },
    });
    expect(
      contentOf(104, {
        videoUrl: 'http://im/v',
        videoType: 'video/mp4',
        videoSize: '8',
        duration: 2,
      }),
    ).toMatchObject({
      payload: { type: types.Message.Video, filename: 'c1.mp4' },
      media: { url: 'http://im/v', size: 8, seconds: 2, mediaType: 'video/mp4' },
    });
    expect(
      contentOf(105, { sourceUrl: 'http://im/f', fileName: '../../周报.docx', fileSize: 7 }),
    ).toMatchObject({
      payload: { type: types.Message.Attachment, filename: '周报.docx' },
      media: { url: 'http://im/f', size: 7 },
    });
  });

  it('without an address is still what it is', () => {
    expect(contentOf(105, {})).toMatchObject({ payload: { filename: 'c1' }, media: { url: '' } });
    expect(messageOf({ contentType: 102, content: 'no document' }).payload).toMatchObject({
      type: types.Message.Image,
    });
  });

  it('mentions those of both lists, in groups alone, and everybody by one name', () => {
    const content = JSON.stringify({
      text: '@bot @AtAllTag @b 开会 @bot2',
      atUserList: ['bot', 'AtAllTag'],
      atUsersInfo: [
        { atUserID: 'bot', groupNickname: '小助手' },
        { atUserID: 'b', groupNickname: 'Bob' },
      ],
      isAtSelf: false,
    });
    const changes = { contentType: 106, content, atUserList: null };
    expect(messageOf(changes, group).payload).toMatchObject({
      type: types.Message.Text,
      text: '@小助手 @所有人 @Bob 开会 @bot2',
      mentionIdList: ['bot', '@all', 'b'],
    });
    expect(messageOf({ atUserList: 'bot' }, group).payload).toMatchObject({
      mentionIdList: ['bot'],
    });
    expect(messageOf({ atUserList: ['bot'] }).payload).not.toHaveProperty('mentionIdList');
  });

  it('is an answer beside what it quotes', () => {
    const quoteMessage = {
      clientMsgID: 'c0',
      sendID: 'bob',
      contentType: 101,
      textElem: { content: '原文' },
      seq: 7,
    };
    expect(contentOf(114, { text: '回答', quoteMessage })).toMatchObject({
      payload: { text: '回答' },
      quoted: { messageId: 'c0', senderId: 'bob', text: '原文' },
    });
    expect(contentOf(114, { text: '回答', quoteMessage: null })).not.toHaveProperty('quoted');
  });

  it('is a history, a card, a place, a sticker, something of an app, Markdown', () => {
    expect(
      contentOf(107, { title: '群聊记录', abstractList: ['a: 1', 'b: 2'], multiMessage: [{}] })
        .payload,
    ).toMatchObject({ type: types.Message.ChatHistory, text: '群聊记录\na: 1\nb: 2' });
    expect(contentOf(108, { userID: 'bob', nickname: 'Bob' })).toMatchObject({
      payload: { type: types.Message.Contact, text: 'Bob' },
      contactId: 'bob',
    });
    expect(
      contentOf(109, {
        description: '{"name":"天安门","addr":"北京"}',
        longitude: 116.4,
        latitude: '39.9',
      }),
    ).toMatchObject({
      payload: { type: types.Message.Location, text: '天安门\n北京\n39.9,116.4' },
      location: { name: '天安门', address: '北京', latitude: 39.9, longitude: 116.4 },
    });
    expect(contentOf(109, { description: '公园', longitude: null }).payload.text).toBe('公园');
    expect(contentOf(115, { index: 3, data: '[微笑]' }).payload).toMatchObject({
      type: types.Message.Emoticon,
      text: '[微笑]',
    });
    expect(contentOf(110, { data: '{"order":1}' }).payload).toMatchObject({
      type: types.Message.Unknown,
      text: '{"order":1}',
    });
    expect(contentOf(118, { content: '# 标题' }).payload).toMatchObject({
      type: types.Message.Text,
      text: '# 标题',
    });
  });
});

describe('a question about a message', () => {
  it('carries the message, so that rules can read it', () => {
    expect(decodeSample('callbackBeforeSendGroupMsgCommand')).toMatchObject({
      kind: 'question',
      payload: { id: 'c1', text: '你好 <b>', talkerId: 'alice', roomId: 'g1' },
    });
    expect(decodeSample('callbackBeforeGroupOnlinePushCommand')).toMatchObject({
      payload: { text: 'hi', roomId: 'g1' },
    });
  });

  it('of the bot itself is none', () => {
    const mine = { kind: 'ignored', reason: 'self' };
    expect(decodeSample('callbackBeforeSendSingleMsgCommand', { sendID: 'bot' })).toEqual(mine);
    expect(decodeSample('callbackBeforeOnlinePushCommand', { sendID: 'bot' })).toEqual(mine);
  });

  it('is none before a notice is pushed, whose tips are told', () => {
    const content = '{"group":{"groupID":"g1"},"quitUser":{"userID":"alice"}}';
    const changes = { contentType: 1504, content };
    expect(decodeSample('callbackBeforeGroupOnlinePushCommand', changes)).toMatchObject({
      kind: 'platform',
      variables: { content, contentType: '1504' },
    });
  });
});
