import { describe, expect, test } from 'vitest';
import { describeFault, faultText } from '../../../../src/delivery/answer/body-fault.js';
import { runEventTaskResponseSchema } from '../../../../src/protocol/response.js';

const mark = '订阅 zq7Xw';
const ok = { success: true, message: '' };
const reply = (one: unknown) => ({ ...ok, replies: [one] });

const invalid: readonly (readonly [unknown, string, string])[] = [
  [
    [mark],
    '`response` has to be an object (found: a list).',
    '`response` 应为对象（实际：列表）。',
  ],
  [mark, '`response` has to be an object (found: a text).', '`response` 应为对象（实际：文本）。'],
  [
    { message: mark },
    '`response.success` has to be true or false (found: missing).',
    '`response.success` 应为 true 或 false（实际：缺失）。',
  ],
  [
    { success: 1, message: mark },
    '`response.success` has to be true or false (found: a number).',
    '`response.success` 应为 true 或 false（实际：数字）。',
  ],
  [
    { success: true, message: null },
    '`response.message` has to be a text (found: null).',
    '`response.message` 应为文本（实际：null）。',
  ],
  [
    { ...ok, replies: { [mark]: mark } },
    '`response.replies` has to be a list (found: an object).',
    '`response.replies` 应为列表（实际：对象）。',
  ],
  [
    { ...ok, replies: Array.from({ length: 101 }, () => ({ type: 'text', text: mark })) },
    '`response.replies` has to be at most 100 entries (found: a list).',
    '`response.replies` 应为至多 100 项的列表（实际：列表）。',
  ],
  [
    reply({ type: mark }),
    '`response.replies[0].type` has to be one of text, image, file, audio, video, link, miniProgram, contact, location, card (found: another word).',
    '`response.replies[0].type` 应为以下之一：text, image, file, audio, video, link, miniProgram, contact, location, card（实际：其他词）。',
  ],
  [
    reply({ type: 'image', url: `file:///${mark}` }),
    '`response.replies[0].url` has to be an http(s) URL (found: a text).',
    '`response.replies[0].url` 应为 http(s) 地址（实际：文本）。',
  ],
  [
    reply({ type: 'file', base64: mark, name: mark }),
    '`response.replies[0].base64` has to be base64 (found: a text).',
    '`response.replies[0].base64` 应为 base64（实际：文本）。',
  ],
  [
    reply({ type: 'file', base64: 'aGVsbG8=' }),
    '`response.replies[0].name` has to be a name for the base64 (found: missing).',
    '`response.replies[0].name` 应为 base64 文件的名称（实际：缺失）。',
  ],
  [
    reply({ type: 'file', name: mark }),
    '`response.replies[0]` has to be a file with either url or base64 (found: an object).',
    '`response.replies[0]` 应为只含 url 或 base64 之一的文件（实际：对象）。',
  ],
  [
    reply({ type: 'link', url: 'https://example.com', title: '' }),
    '`response.replies[0].title` has to be a text that is not empty (found: a text).',
    '`response.replies[0].title` 应为非空文本（实际：文本）。',
  ],
  [
    reply({ type: 'location', latitude: 0, longitude: 200 }),
    '`response.replies[0].longitude` has to be at most 180 (found: a number).',
    '`response.replies[0].longitude` 应为不大于 180 的数（实际：数字）。',
  ],
  [
    reply({ type: 'location', latitude: -91, longitude: 0 }),
    '`response.replies[0].latitude` has to be at least -90 (found: a number).',
    '`response.replies[0].latitude` 应为不小于 -90 的数（实际：数字）。',
  ],
  [
    reply({ type: 'card', card: [mark] }),
    '`response.replies[0].card` has to be an object (found: a list).',
    '`response.replies[0].card` 应为对象（实际：列表）。',
  ],
];

describe('the fault of a body', () => {
  test.each(invalid)('%j is told in plain words, without the value', (value, en, zh) => {
    const { error } = runEventTaskResponseSchema.safeParse(value);
    if (!error) throw new Error('It is valid.');
    const reason = `body-invalid: response${describeFault(error, value)}`;
    expect(faultText(reason)).toEqual({ en, zh });
    expect(reason).not.toMatch(/zq7Xw|订阅|invalid_|_union|discriminat/u);
  });

  test.each(['body-invalid: no JSON', 'http-500', 'body-invalid: content-type text/html'])(
    'is not what %j tells',
    (reason) => expect(faultText(reason)).toBeUndefined(),
  );
});
