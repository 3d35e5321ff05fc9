import { describe, expect, test, vi } from 'vitest';
import type { Outcome } from '../../../../src/core/outcome.js';
import type { Answer } from '../../../../src/delivery/answer/answer.js';
import { classify } from '../../../../src/delivery/answer/classify.js';

const now = Date.UTC(2026, 0, 1);

const reading = { retryOnTimeout: false, retryOnBrokenStream: false, speaks: true, now };

function outcomeOf(answer: Answer, retryOnTimeout = false): Outcome {
  return classify(answer, { ...reading, retryOnTimeout });
}

function response(status: number, contentType = '', body: string | Buffer = ''): Answer {
  return { kind: 'response', status, contentType, body: Buffer.from(body) };
}

function ofJson(value: unknown, contentType = 'application/json'): Outcome {
  return outcomeOf(response(200, contentType, JSON.stringify(value)));
}

function saying(...texts: readonly string[]): Outcome {
  return {
    kind: 'answered',
    response: { replies: texts.map((text) => ({ type: 'text', text })) },
  };
}

describe('by status', () => {
  test.each([408, 425, 429, 500, 502, 503, 504, 599])('%i is worth another try', (status) => {
    expect(outcomeOf(response(status))).toEqual({ kind: 'retry', reason: `http-${status}` });
  });

  test.each([101, 300, 301, 302, 304, 307, 308, 400, 401, 403, 404, 405, 409, 413, 422, 451])(
    '%i is final',
    (status) => {
      expect(outcomeOf(response(status))).toEqual({ kind: 'dead', reason: `http-${status}` });
    },
  );

  test('410 is final and pauses the rule', () => {
    expect(outcomeOf(response(410))).toEqual({ kind: 'dead', reason: 'http-410', pause: true });
  });

  test.each([
    ['120', 120_000],
    ['1.5', 1500],
    ['0', 0],
    [' 7 ', 7000],
    ['Thu, 01 Jan 2026 00:00:30 GMT', 30_000],
    ['Thursday, 01-Jan-26 00:00:30 GMT', 30_000],
    ['Thu Jan  1 00:00:30 2026', 30_000],
    ['Wed, 31 Dec 2025 00:00:00 GMT', 0],
    ['99999999999999999999', 86_400_000],
    ['Fri, 01 Jan 2100 00:00:00 GMT', 86_400_000],
  ])('Retry-After %j is a wait of %i ms', (retryAfter, afterMs) => {
    const answer = { ...response(503), retryAfter } as Answer;
    expect(outcomeOf(answer)).toEqual({ kind: 'retry', reason: 'http-503', afterMs });
  });

  test('Retry-After without a time zone means GMT wherever the machine stands', () => {
    vi.stubEnv('TZ', 'Asia/Shanghai');
    const answer = { ...response(503), retryAfter: 'Thu Jan  1 00:00:30 2026' } as Answer;
    expect(outcomeOf(answer)).toMatchObject({ afterMs: 30_000 });
    vi.unstubAllEnvs();
  });

  test.each(['', 'soon', '-5', '5 minutes', '1e9', 'Thu, 99 Foo'])(
    'Retry-After %j says nothing',
    (retryAfter) => {
      const answer = { ...response(503), retryAfter } as Answer;
      expect(outcomeOf(answer)).toEqual({ kind: 'retry', reason: 'http-503' });
    },
  );
});

describe('without a response', () => {
  test('a failed connection is worth another try', () => {
    const answer: Answer = { kind: 'connection', code: 'ECONNREFUSED' };
    expect(outcomeOf(answer)).toEqual({ kind: 'retry', reason: 'connection: ECONNREFUSED' });
  });

  test('a timeout is final, for the receiver may have acted', () => {
    expect(outcomeOf({ kind: 'timeout' })).toEqual({ kind: 'dead', reason: 'timeout' });
  });

  test('a timeout is repeated when the rule says so', () => {
    expect(outcomeOf({ kind: 'timeout' }, true)).toEqual({ kind: 'retry', reason: 'timeout' });
  });

  test.each([
    [
      { kind: 'unreadable', reason: 'over 10 bytes', status: 200 },
      'body-unreadable: over 10 bytes',
    ],
    [{ kind: 'unsendable', reason: 'address-refused' }, 'unsendable: address-refused'],
  ] as const)('%o is final', (answer, reason) => {
    expect(outcomeOf(answer)).toEqual({ kind: 'dead', reason });
  });
});

describe('by body', () => {
  test.each([200, 201, 202, 204, 206])('%i with an empty body says nothing', (status) => {
    expect(outcomeOf(response(status, 'text/html'))).toEqual(saying());
  });

  test.each([' ', '\n', '\u{feff}'])('the blank body %j says nothing', (body) => {
    expect(outcomeOf(response(200, 'application/json', body))).toEqual(saying());
  });

  test('plain text is said as it is', () => {
    const text = ' 好的 👌\n{"success":true} ';
    expect(outcomeOf(response(200, 'Text/Plain; charset=UTF-8', text))).toEqual(saying(text));
  });

  test('plain text in another charset is decoded', () => {
    const body = Buffer.from([0xc4, 0xe3, 0xba, 0xc3]);
    expect(outcomeOf(response(200, 'text/plain;charset="GBK"', body))).toEqual(saying('你好'));
  });

  test('an unknown charset is read as UTF-8', () => {
    expect(outcomeOf(response(200, 'text/plain; charset=x', '好'))).toEqual(saying('好'));
  });

  test.each(['application/json', 'application/json; charset=utf-8', 'application/x+json', ''])(
    'the content type %j may hold JSON',
    (contentType) => {
      expect(ofJson({ success: true, message: '好' }, contentType)).toEqual(saying('好'));
    },
  );

  test('the message is said first, then the replies', () => {
    const replies = [
      { type: 'text', text: '二' },
      { type: 'text', text: '三' },
    ];
    expect(ofJson({ success: true, message: '一', replies })).toEqual(saying('一', '二', '三'));
  });

  test.each(['text/json', 'text/plain', 'text/html', 'application/problem+json'])(
    'an answer labelled %s is read as one',
    (contentType) => {
      expect(ofJson({ success: true, message: '好' }, contentType)).toEqual(saying('好'));
      expect(ofJson({ success: false, message: '不' }, contentType)).toMatchObject({
        response: { refusal: '不' },
      });
    },
  );

  test.each(['You said: 好', '1 < 2 & 2 > 1', '<3', 'List<String>', '42'])(
    'a string labelled as HTML, as Flask and Express do, is said: %s',
    (body) => {
      expect(outcomeOf(response(200, 'text/html; charset=utf-8', body))).toEqual(saying(body));
    },
  );

  test.each([
    '<!DOCTYPE html><title>secret</title>',
    '\n<html lang="en">secret</html>',
    '<!-- secret --><p>secret',
    '<?xml version="1.0"?><html/>',
    'Notice: secret\n<html><body>secret</body></html>',
  ])('a page is not said: %s', (body) => {
    const outcome = outcomeOf(response(200, 'text/html', body));
    expect(outcome).toEqual({ kind: 'dead', reason: 'body-invalid: content-type text/html' });
  });

  test.each([
    ['success without a message', '{"success":true}', saying()],
    ['a message of null', '{"success":true,"message":null}', saying()],
    ['a list of one answer', '[{"success":true,"message":"好"}]', saying('好')],
    ['a JSON string', '"好\\n"', saying('好\n')],
    ['an empty JSON string', '""', saying()],
  ])('%s is an answer', (_what, body, outcome) => {
    expect(outcomeOf(response(200, 'application/json', body))).toEqual(outcome);
  });

  test.each(['{"error":"secret"}', '[{"a":"secret"}]', '\n{ "a": 1 }'])(
    'JSON in place of text is not said: %s',
    (body) => {
      const reason = expect.stringMatching(/^body-invalid: response/u) as string;
      for (const type of ['text/plain', 'text/html']) {
        expect(outcomeOf(response(200, type, body))).toEqual({ kind: 'dead', reason });
      }
    },
  );

  test.each(['{broken', '[1] see below', '42', '"quoted"'])(
    'plain text that is no object is said: %s',
    (body) => {
      expect(outcomeOf(response(200, 'text/plain', body))).toEqual(saying(body));
    },
  );

  // The label that Express, NestJS, Flask, Django, Node-RED and n8n give to a string.
  test.each(['You said: 3 < 4 & 5 > 4', '好的 👌', ' I <3 it ', '[1] 见下'])(
    'text/html without markup is a text: %s',
    (body) => {
      expect(outcomeOf(response(200, 'text/html; charset=utf-8', body))).toEqual(saying(body));
    },
  );

  test.each([
    '<!DOCTYPE html><title>Log in</title>',
    'Welcome<br>',
    'Welcome</p',
    '<?xml version="1.0"?>',
    '<!-- gone -->',
    '{"message":"Workflow was started"}',
    '[{"message":"Workflow was started"}]',
  ])('text/html with markup, or objects, is no text: %s', (body) => {
    expect(outcomeOf(response(200, 'text/html', body))).toMatchObject({
      kind: 'dead',
      reason: expect.stringMatching(/^body-invalid: (?:content-type text\/html|response)/u),
    });
  });

  test.each([
    ['application/json', '{"message":"Workflow was started"}'],
    ['text/html', '<p>logged</p>'],
    ['application/octet-stream', 'x'],
  ])('where nothing is said, %s is well', (type, body) => {
    const outcome = classify(response(200, type, body), { ...reading, speaks: false });
    expect(outcome).toEqual(saying());
  });

  test('where nothing is said, a refusal is one', () => {
    const body = '{"success":false,"message":"不行"}';
    const outcome = classify(response(200, 'text/plain', body), { ...reading, speaks: false });
    expect(outcome).toMatchObject({ response: { refusal: '不行' } });
  });

  test.each([
    [false, 'dead'],
    [true, 'retry'],
  ] as const)('a stream that broke off, with onBrokenStream %s', (retryOnBrokenStream, kind) => {
    const answer: Answer = {
      ...response(200, 'text/event-stream'),
      stream: { kind: 'broken' },
    } as Answer;
    const outcome = classify(answer, { ...reading, retryOnBrokenStream });
    expect(outcome).toEqual({ kind, reason: 'stream-broken' });
  });

  test.each(['', ' \n'])('the blank message %j is not said', (message) => {
    expect(ofJson({ success: true, message })).toEqual(saying());
  });

  test('a refusal keeps its words and says nothing', () => {
    const replies = [{ type: 'text', text: '不' }];
    expect(ofJson({ success: false, message: '不行', replies })).toEqual({
      kind: 'answered',
      response: { replies: [], refusal: '不行' },
    });
  });

  test.each([
    ['HTML', 'text/html', '<p>secret</p>', 'content-type text/html'],
    ['HTML without a type', '', '<p>secret</p>', 'no JSON'],
    ['half a JSON', 'application/json', '{"success":true,"mess', 'no JSON'],
    ['an array', 'application/json', '[]', 'response: expected an object, found a list'],
    [
      'no success',
      '',
      '{"message":"secret"}',
      'response.success: expected true or false, found missing',
    ],
    [
      'a number for a message',
      '',
      '{"success":true,"message":1}',
      'response.message: expected a text, found a number',
    ],
    [
      'one invalid reply among good ones',
      'application/json',
      '{"success":true,"message":"","replies":[{"type":"text","text":"a"},{"type":"image","url":"file:///secret"}]}',
      'response.replies[1].url: expected an http(s) URL, found a text',
    ],
    [
      'an unknown kind of reply',
      'application/json',
      '{"success":true,"message":"","replies":[{"type":"secret"}]}',
      'response.replies[0].type: expected one of text, image, file, audio, video, link, miniProgram, contact, location, card, found another word',
    ],
    [
      'a file without a source',
      'application/json',
      '{"success":true,"message":"","replies":[{"type":"file"}]}',
      'response.replies[0]: expected a file with either url or base64, found an object',
    ],
  ])('%s is no response, and nothing of it is told', (_what, type, body, reason) => {
    const outcome = outcomeOf(response(200, type, body));
    expect(outcome).toEqual({ kind: 'dead', reason: `body-invalid: ${reason}` });
    expect(JSON.stringify(outcome)).not.toContain('secret');
  });

  test('an event stream is its text, then its replies', () => {
    const link = { type: 'link', url: 'https://example.com', title: 't' } as const;
    const stream = { kind: 'content', text: '一', replies: [link] } as const;
    const answer = { ...response(200, 'text/event-stream'), stream } as Answer;
    expect(outcomeOf(answer)).toEqual({
      kind: 'answered',
      response: { replies: [{ type: 'text', text: '一' }, link] },
    });
  });

  test('an invalid event stream is no response', () => {
    const stream = { kind: 'invalid', reason: 'replies: expected a list, found a text' } as const;
    const answer = { ...response(200, 'text/event-stream'), stream } as Answer;
    const reason = 'body-invalid: replies: expected a list, found a text';
    expect(outcomeOf(answer)).toEqual({ kind: 'dead', reason });
  });
});
