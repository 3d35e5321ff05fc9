import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Reply } from '../../src/core/reply.js';
import { readMarkdown } from '../support/markdown-file.js';
import { json, type Receiver, startReceiver } from '../support/receiver.js';
import { reply, replyingPlatforms } from '../support/replying-platforms.js';

interface Answer {
  readonly success: boolean;
  readonly message: string;
  readonly replies: readonly Reply[];
}

type Platform = keyof typeof replyingPlatforms;

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

/** The answer with `replies` that a document shows. */
function answerOf(path: string): Answer {
  const block = readMarkdown(path).blocks.find(({ text }) => text.includes('"replies"'));
  return JSON.parse(block?.text ?? '') as Answer;
}

const base64 = (content: string) => Buffer.from(content, 'latin1').toString('base64');

/** The kinds that the documents name without an example, small files, and a text behind all of them. */
const files: Answer = {
  success: true,
  message: 'Files:',
  replies: [
    { type: 'audio', base64: base64(`#!AMR\n${'0'.repeat(40)}`), name: 'said.amr' },
    { type: 'video', base64: base64(`\0\0\0\x20ftypisom${'0'.repeat(40)}`), name: 'seen.mp4' },
    { type: 'file', base64: base64('hello'), name: 'five.txt' },
    { type: 'file', base64: '', name: 'empty.txt' },
    { type: 'text', text: 'That is all.' },
  ],
};

/** What each platform shows of the answer in docs/receiver.md, behind its text. */
const shown: Readonly<Record<Exclude<Platform, 'WeCom app without secret'>, readonly string[]>> = {
  'WeCom app': [
    '[image]',
    '[file]',
    '[textcard]',
    '[miniprogram_notice]',
    'wxid_support',
    '[textcard]',
  ],
  'WeCom AI bot by webhook': [
    '[Weekly](https://example.com)\nNo. 42',
    'Shop',
    'Guangzhou\n23.13, 113.27',
    '[image]',
  ],
  'WeCom AI bot by long connection': [
    '[Weekly](https://example.com)\nNo. 42',
    'Shop',
    'Guangzhou\n23.13, 113.27',
    '[image]',
    '[file]',
  ],
  OpenIM: [
    '[picture]',
    '[file]',
    'Weekly\nNo. 42\nhttps://example.com',
    'Shop',
    'Guangzhou\n23.13, 113.27',
  ],
  WildfireChat: ['[image]', '[file]', '[link]', 'Shop', '[card]', '[location]'],
  terminal: [
    '[weekly.png]',
    '[hello.txt]',
    '[Weekly] https://example.com',
    '[mini program] Shop · wx0123456789abcdef/pages/index',
    '[contact] wxid_support',
    '[location] Guangzhou · 23.13, 113.27',
  ],
  'foreign puppet': ['[file]', '[file]', '[link]', '[miniProgram]', '[contact]', '[location]'],
  'foreign puppet for texts': [
    'Weekly\nNo. 42\nhttps://example.com',
    'Shop',
    'Support',
    'Guangzhou\n23.13, 113.27',
  ],
};

/** What each shows of `files`, between its texts. */
const shownFiles: typeof shown = {
  'WeCom app': ['[voice]', '[video]'],
  'WeCom AI bot by webhook': [],
  'WeCom AI bot by long connection': ['[voice]', '[video]', '[file]'],
  OpenIM: ['[voice]', '[video]', '[file]'],
  WildfireChat: ['[voice]', '[video]', '[file]', '[file]'],
  terminal: ['[said.amr]', '[seen.mp4]', '[five.txt]', '[empty.txt]'],
  'foreign puppet': ['[file]', '[file]', '[file]', '[file]'],
  'foreign puppet for texts': [],
};

const lacks = (kinds: string, platform: string) =>
  `Replies of these types are said as text, or left out: ${kinds} (${platform}).`;

/** What the log told of it before the receiver was called. */
const notes: Readonly<Record<Platform, readonly string[]>> = {
  'WeCom app': [
    lacks('contact', 'wecom'),
    'Files of less than 6 bytes or more than 20 MB are named in words, or left out (wecom).',
  ],
  'WeCom app without secret': [
    'Only the first message of an answer can be said, what follows is not (wecom).',
    lacks('image, file, audio, video, miniProgram, contact, location, card', 'wecom'),
  ],
  'WeCom AI bot by webhook': [
    lacks('file, audio, video, miniProgram, contact, location', 'wecomBot'),
  ],
  'WeCom AI bot by long connection': [
    lacks('miniProgram, contact, location', 'wecomBot'),
    'Files of less than 5 bytes or more than 20 MB are named in words, or left out (wecomBot).',
  ],
  OpenIM: [
    lacks('link, miniProgram, contact, location, card', 'openim'),
    'Files of less than 1 bytes are named in words, or left out (openim).',
  ],
  WildfireChat: [lacks('miniProgram', 'wildfire')],
  terminal: [],
  'foreign puppet': [],
  'foreign puppet for texts': [],
};

let receiver: Receiver;
beforeEach(async () => {
  receiver = await startReceiver();
});
afterEach(() => receiver.close());

/** Has the answer said; its picture is the receiver's own. */
async function answered(platform: Platform, answer: Answer) {
  const picture = `${receiver.origin}/weekly.png`;
  const text = JSON.stringify(answer).replaceAll('https://example.com/weekly.png', picture);
  receiver.behave((response, call) => {
    if (call.path !== '/weekly.png') return json(JSON.parse(text))(response, call);
    response.writeHead(200, { 'content-type': 'image/png' }).end(png);
    return undefined;
  });
  const replied = await reply(replyingPlatforms[platform], receiver);
  expect(receiver.calls.filter(({ method }) => method === 'POST')).toHaveLength(1);
  return replied;
}

describe.each(Object.keys(shown) as (keyof typeof shown)[])('%s', (platform) => {
  test('says every reply of the document', async () => {
    const replied = await answered(platform, answerOf('docs/receiver.md'));
    const [first, ...others] = replied.shown;
    expect(first).toMatch(/This week:$/u);
    expect(others).toEqual(shown[platform]);
    expect(replied.warnings.filter((line) => !line.includes('left out'))).toEqual([]);
    expect(replied.notes).toEqual(expect.arrayContaining([...notes[platform]]));
  });

  test('says what the README shows', async () => {
    const { shown: all, warnings } = await answered(platform, answerOf('README.md'));
    const image = shown[platform].find((one) => /image|picture|png/u.test(one));
    const isForeign = platform === 'foreign puppet';
    expect(all).toEqual(['This week:', ...(isForeign ? ['[file]'] : image ? [image] : [])]);
    expect(warnings).toHaveLength(platform === 'foreign puppet for texts' ? 1 : 0);
  });

  test('says what stands behind a file that it does not take', async () => {
    const { shown: all, warnings } = await answered(platform, files);
    const texts = ['Files:', 'That is all.'];
    expect(all.filter((one) => texts.includes(one))).toEqual(texts);
    expect(all.filter((one) => !texts.includes(one))).toEqual(shownFiles[platform]);
    expect(warnings).toHaveLength(4 - shownFiles[platform].length);
    expect(warnings.every((line) => line.includes('left out'))).toBe(true);
  });
});

test('a WeCom app without secret tells beforehand that it says one message', async () => {
  const replied = await answered('WeCom app without secret', answerOf('README.md'));
  expect(replied.shown).toEqual(['This week:']);
  expect(replied.notes).toEqual(expect.arrayContaining([...notes['WeCom app without secret']]));
});
