import { Hono } from 'hono';
import { expect, test } from 'vitest';
import type { z } from 'zod';
import { readWritten } from '../../../src/config/source/read-source.js';
import { bodyBound } from '../../../src/console/access/body-bound.js';
import { clientAddress } from '../../../src/console/access/client-address.js';
import { foreignRequestGuard, sessionGuard } from '../../../src/console/access/guard.js';
import { hostGuard } from '../../../src/console/access/host-guard.js';
import {
  changesBody,
  chatBody,
  loginBody,
  passwordBody,
  taskActionBody,
  taskResolveBody,
  trialBody,
  trialCallBody,
  undoBody,
} from '../../../src/console/api/contract.js';
import { bodyOf, refuseError } from '../../../src/console/api/failures.js';
import { rewriteRules } from '../../../src/console/rules/rewrite-rules.js';
import { controlRequests } from '../../../src/server/control/control-schema.js';
import { slowReadings, slowReadingsLater, times } from '../../support/growth.js';

const server = { host: '127.0.0.1', port: 1, trustProxy: true, publicUrl: 'https://a' } as never;
const sessions = { use: async () => undefined } as never;

/** A console that lets nobody in: all that a stranger can make it read. */
const strangers = new Hono()
  .use(hostGuard(() => server))
  .use(foreignRequestGuard(() => 'https://a'))
  .get('/address', (context) => context.text(clientAddress(context, true)))
  .use(sessionGuard(sessions))
  .get('/', (context) => context.text('in'));

const headerNames = ['cookie', 'host', 'origin', 'sec-fetch-site', 'x-console', 'x-forwarded-for'];

const headers = {
  cookies: times('a=b; ', 'c=d'),
  'cookies of one name': times('wechaty_console=a; '),
  'cookies without a name': times('; '),
  'cookies with spaces': times(' ', 'a', '=b'),
  'escapes in a cookie': times('%E5', 'wechaty_console='),
  'an open quote': times('"', 'wechaty_console='),
  addresses: times('1.2.3.4, '),
  colons: times(':', 'http://['),
  dots: times('.', 'http://a'),
  'wide letters': times('%C3', 'http://'),
};

// What a browser cannot send as a header is refused before anything reads it.
test.each(headerNames)('the header %s is read in linear time', async (name) => {
  const read = async (value: string) => {
    const asked = { headers: { host: 'localhost', [name]: value } };
    await strangers.request('/', asked);
    return await strangers.request('/address', asked);
  };
  expect(await slowReadingsLater({ [name]: read }, headers)).toEqual([]);
});

const bodies = {
  'a long text': times('a', '{"password":"', '"}'),
  escapes: times('\\"', '{"password":"', '"}'),
  'many keys': times('"a":1,', '{', '"b":1}'),
  lists: times('[', '{"password":'),
  ids: times('"a",', '{"ids":[', '"b"]}'),
  'names of rules': times(
    '"a",',
    '{"edition":"1","changes":[{"kind":"enable","enabled":true,"names":[',
    '"b"]}]}',
  ),
  changes: times(
    '{"kind":"copy","name":"a","as":"b"},',
    '{"edition":"1","changes":[',
    '{"kind":"copy","name":"a","as":"c"}]}',
  ),
  'a rule': times('"a":{},', '{"edition":"1","changes":[{"kind":"add","rule":{', '"b":1}}]}'),
  tags: times('"a",', '{"rule":"a","tags":[', '"b"]}'),
  'wrong values': times('{},', '{"edition":"1","changes":[', '{}]}'),
};

/** By route, as the console takes them. */
const bodySchemas: Readonly<Record<string, z.ZodType>> = {
  '/login': loginBody,
  '/password': passwordBody,
  '/rules/plan and /rules/save': changesBody,
  '/rules/undo': undoBody,
  '/try': trialBody,
  '/try/call': trialCallBody,
  '/chat': chatBody,
  '/tasks/replay and /tasks/discard': taskActionBody,
  '/tasks/resolve': taskResolveBody,
};

test.each(Object.entries(bodySchemas))('a body of %s is read in linear time', async (_, schema) => {
  const app = new Hono().post('/', bodyBound(1e9), async (context) => {
    return context.json({ keys: Object.keys((await bodyOf(context, schema)) as object).length });
  });
  app.onError((error, context) => refuseError(context, error));
  const read = async (body: string) => await app.request('/', { method: 'POST', body });
  expect(await slowReadingsLater({ read }, bodies)).toEqual([]);
});

test('a request of the command line is read in linear time', () => {
  const readers = Object.fromEntries(
    Object.entries(controlRequests).map(([name, schema]) => [
      `controlRequests ${name}`,
      (body: string) => (schema as z.ZodType).safeParse(JSON.parse(body)),
    ]),
  );
  const { ids, lists, 'a long text': text, 'many keys': keys } = bodies;
  expect(slowReadings(readers, { ids, lists, text, keys })).toEqual([]);
});

const files = {
  'keys of one name': times('- a: 1\n  a: 1\n', 'rules:\n'),
  'lists in lists': times('- ', 'rules:\n'),
  'open quotes': times('"a\n', 'rules: '),
  escapes: times('\\"', 'rules: "'),
  'white space': times(' ', 'rules:'),
  'line ends': times('\n', 'rules:'),
  anchors: times('- &a b\n', 'rules:\n'),
  aliases: times('- *a\n', 'rules:\n- &a b\n'),
  'aliases to nothing': times('- *a\n', 'rules:\n'),
  'merged keys': times('- <<: *a\n', 'rules:\n- &a {b: c}\n'),
  documents: times('---\n', 'rules: a\n'),
  'folded texts': times(' a\n', 'rules: >\n'),
  tags: times('!!a ', 'rules: '),
  'many anchors': (size: number) =>
    `rules:\n${Array.from({ length: size / 20 }, (_, at) => `- &a${at} b\n- *a${at}\n`).join('')}`,
  tabs: times('\t', 'rules:'),
};

test('readWritten, which reads the text of the rules as YAML, takes linear time', async () => {
  expect(await slowReadingsLater({ readWritten }, files)).toEqual([]);
});

interface Entry {
  readonly source: number;
  readonly isCopy: boolean;
  readonly data: object | undefined;
}

const entry = (data: object | undefined, source: number): Entry => ({
  source,
  isCopy: false,
  data,
});

/** Switches the first rule off. */
async function rewrite(text: string): Promise<unknown> {
  const { data } = await readWritten(text);
  const [first, ...others] = (data as { rules?: object[] }).rules ?? [];
  const entries = [
    entry({ ...first, enabled: false }, 0),
    ...others.map((one, at) => entry(one, at + 1)),
  ];
  return await rewriteRules(text, data, entries);
}

/** What the console itself can edit; to rewrite a file is to read it twice. */
const editable = {
  rules: times('- name: a\n  keywords: [a]\n', 'rules:\n'),
  'long keywords': times('好', 'rules: [{ name: a, keywords: ["', '"] }]'),
  comments: times('# a\n', 'rules:\n', '- name: a\n'),
};

test('rewriteRules takes linear time, whatever stands in a file that it can edit', async () => {
  expect(await slowReadingsLater({ rewrite }, editable)).toEqual([]);
});
