import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  encodeCard,
  encodeContact,
  encodeLink,
  encodeLocation,
  encodeMedia,
  encodeMiniProgram,
  encodeText,
} from '../../../../src/adapters/wecom/encode.js';
import { checkChatMessage, checkMessage } from '../../../../src/adapters/wecom/outgoing/message.js';

describe('a text', () => {
  it('goes as it is, up to 2,048 bytes', () => {
    const content = '好'.repeat(682);
    expect(encodeText(content)).toEqual({ msgtype: 'text', text: { content } });
    expect(() => encodeText(`${content}好`)).toThrow('2049 bytes');
  });

  it('that is blank is refused', () => {
    expect(() => encodeText(' \n')).toThrow('blank');
  });
});

describe('a link', () => {
  const link = { url: 'https://example.com/a', title: '周报', description: '第 3 期' };

  it('is a card', () => {
    const { url, title, description } = link;
    expect(encodeLink(link)).toEqual({
      msgtype: 'textcard',
      textcard: { url, title, description },
    });
  });

  it('is an article when it has a picture', () => {
    const { url, title, description } = link;
    const picurl = 'https://example.com/a.png';
    expect(encodeLink({ ...link, thumbnailUrl: picurl })).toEqual({
      msgtype: 'news',
      news: { articles: [{ url, title, description, picurl }] },
    });
    expect(encodeLink({ ...link, thumbnailUrl: 'file:///a.png' }).msgtype).toBe('textcard');
  });

  it('without a title or description shows its address', () => {
    const url = 'https://example.com/a';
    expect(encodeLink({ url, title: ' ' })).toEqual({
      msgtype: 'textcard',
      textcard: { url, title: url, description: url },
    });
  });

  it('that no card takes is text', () => {
    const url = 'example.com/a';
    const content = '周报\n第 3 期\nexample.com/a';
    expect(encodeLink({ ...link, url })).toEqual({ msgtype: 'text', text: { content } });
  });

  it('is shortened between characters, with a mark', () => {
    const message = encodeLink({ ...link, title: '👩‍👩‍👧'.repeat(20) });
    expect(message).toMatchObject({ textcard: { title: `${'👩‍👩‍👧'.repeat(6)}…` } });
  });
});

it('whatever a link or place says, WeCom takes it whole', () => {
  const word = fc.string({ unit: 'grapheme', maxLength: 900 });
  const link = fc.record(
    {
      url: fc.oneof(word, fc.webUrl(), fc.constant(`https://example.com/${'a'.repeat(3000)}`)),
      title: word,
      description: word,
      thumbnailUrl: fc.oneof(word, fc.webUrl()),
    },
    { requiredKeys: ['url', 'title'] },
  );
  const place = fc.record(
    {
      latitude: fc.double({ min: -90, max: 90, noNaN: true }),
      longitude: fc.double({ min: -180, max: 180, noNaN: true }),
      name: word,
      address: word,
    },
    { requiredKeys: ['latitude', 'longitude'] },
  );
  fc.assert(
    fc.property(link, place, (one, other) => {
      const isBlank = [one.url, one.title, one.description].every((each) => !each?.trim());
      const said = isBlank ? [] : [encodeLink(one)];
      for (const message of [...said, encodeLocation(other)]) {
        expect(checkChatMessage(message)).toEqual(message);
      }
    }),
  );
});

describe('a mini program', () => {
  const program = { appid: 'wx1', pagePath: 'pages/a', title: '会议室预订' };

  it('is a notice', () => {
    const message = encodeMiniProgram({ ...program, description: '今天下午' }, 'member');
    expect(checkMessage(message)).toEqual({
      msgtype: 'miniprogram_notice',
      miniprogram_notice: {
        appid: 'wx1',
        page: 'pages/a',
        title: '会议室预订',
        description: '今天下午',
      },
    });
  });

  it.each([
    ['in a group chat', program, 'chat', '会议室预订'],
    ['with a title that is too short', { ...program, title: '预订' }, 'member', '预订'],
    [
      'without an appid',
      { title: '会议室预订', description: '今天' },
      'member',
      '会议室预订\n今天',
    ],
    ['without a title', { appid: 'wx1' }, 'member', 'wx1'],
  ] as const)('is text %s', (_what, payload, target, content) => {
    expect(encodeMiniProgram(payload, target)).toEqual({ msgtype: 'text', text: { content } });
  });

  it('loses a description that no notice takes', () => {
    const message = encodeMiniProgram({ ...program, description: '短' }, 'member');
    expect(message).not.toHaveProperty('miniprogram_notice.description');
  });
});

describe('a place', () => {
  it('is a card that opens the map', () => {
    const place = {
      latitude: 23.1,
      longitude: 113.3,
      name: '广州塔;A:B',
      address: '阅江西路 222 号',
    };
    const message = encodeLocation(place);
    expect(message).toMatchObject({
      textcard: { title: '广州塔;A:B', description: '阅江西路 222 号' },
    });
    const { url } = (message as { textcard: { url: string } }).textcard;
    expect(new URL(url).searchParams.get('marker')).toBe(
      'coord:23.1,113.3;title:广州塔 A B;addr:阅江西路 222 号',
    );
  });

  it('without a name shows where it is', () => {
    const message = encodeLocation({ latitude: 23.1, longitude: 113.3 });
    expect(message).toMatchObject({ textcard: { title: '23.1, 113.3' } });
  });
});

it('a contact is its name', () => {
  expect(encodeContact('王爱丽')).toEqual({ msgtype: 'text', text: { content: '王爱丽' } });
});

it.each(['image', 'voice', 'video', 'file'] as const)(
  'an uploaded %s is sent by its id',
  (kind) => {
    expect(encodeMedia(kind, 'id')).toEqual({ msgtype: kind, [kind]: { media_id: 'id' } });
  },
);

it('a card goes to members only', () => {
  const card = {
    card_type: 'text_notice',
    main_title: { title: 'a' },
    card_action: { type: 1, url: 'https://example.com' },
  };
  expect(encodeCard(card, 'member')).toEqual({ msgtype: 'template_card', template_card: card });
  expect(() => encodeCard(card, 'chat')).toThrow('group chat');
});
