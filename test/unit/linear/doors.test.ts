import { expect, test } from 'vitest';
import { sourcesBelow } from '../../support/regex-literals.js';

/**
 * By which reader each door is tested here, as it is called in a test of this folder; `[]`: what comes
 * in is compared or measured as a whole, and nothing looks into it.
 */
type Doors = Readonly<Record<string, readonly string[]>>;

const sources: readonly Source[] = sourcesBelow('src').filter(
  ([file]) => !file.startsWith('src/console/web/'),
);

type Source = readonly [file: string, text: string];

/** What `pattern` finds in the sources, each once: its groups, joined. */
function found(pattern: RegExp, among: readonly Source[] = sources): readonly string[] {
  const all = among.flatMap(([file, text]) =>
    Array.from(text.matchAll(pattern), (match) => [file, match.slice(1).join(' ')] as const),
  );
  return [...new Set(all.map(([file, what]) => (what === '' ? file : what)))].toSorted();
}

const tested = sourcesBelow('test/unit/linear')
  .filter(([file]) => !file.endsWith('doors.test.ts'))
  .map(([, text]) => text)
  .join('\n');

/** What is wrong with a list: doors without a line, lines without a door, readers without a test. */
function faultsOf(doors: Doors, there: readonly string[]): readonly string[] {
  const listed = Object.keys(doors);
  return [
    ...there.filter((door) => !listed.includes(door)).map((door) => `not listed: ${door}`),
    ...listed.filter((door) => !there.includes(door)).map((door) => `not there: ${door}`),
    ...Object.values(doors)
      .flat()
      .filter((reader) => !tested.includes(reader))
      .map((reader) => `not tested: ${reader}`),
  ];
}

test('every webhook is known, and how what comes in is read', () => {
  const webhooks: Doors = {
    openim: ['parseRecord of OpenIM', 'decodedOpenIM', 'commandOf', 'secrets of a header'],
    wecom: ['findCiphertext', 'signedOf', 'readXml', 'readJsonRecord', 'decodedApp'],
    'wecom-bot': ['findCiphertext', 'signedOf', 'parseJson', 'decodedBot'],
    wildfire: ['readBody of WildfireChat', 'readMessage', 'subjectsOf', 'secrets of a path'],
  };
  const names = found(
    /^/gu,
    sources.filter(([file]) => /^src\/adapters\/[^/]+\/routes\.ts$/u.test(file)),
  );
  expect(faultsOf(webhooks, names.map((file) => file.split('/')[2] ?? '').toSorted())).toEqual([]);
});

test('every route that takes a body is known', () => {
  const routes: Doors = {
    '/login': ["'/login'"],
    '/logout': [],
    '/password': ["'/password'"],
    '/rules/plan': ['/rules/plan'],
    '/rules/save': ['/rules/save', 'readWritten', 'rewriteRules'],
    '/rules/undo': ["'/rules/undo'"],
    '/try': ["'/try'", 'decideOn'],
    '/try/call': ["'/try/call'"],
    '/chat': ["'/chat'"],
    '/tasks/${action}': ['/tasks/replay and /tasks/discard'],
    '/tasks/resolve': ["'/tasks/resolve'"],
    '/bots/:key/self-test': [],
    // The console while the rules do not hold: nothing is read.
    '/api/*': [],
    '*': [],
    // The control socket.
    '/${name}': ['controlRequests'],
  };
  const there = found(/\.(?:post|put|patch|delete|all)\(\s*['`]([/*][^'`]*)['`]/gu);
  expect(faultsOf(routes, there)).toEqual([]);
});

test('every header that is read is known', () => {
  const address = ['x-forwarded-for'];
  const headers: Doors = {
    authorization: ['secrets of a header'],
    'content-length': [],
    host: ["'host'"],
    'last-event-id': [],
    operationid: [],
    origin: ["'origin'"],
    'sec-fetch-site': ["'sec-fetch-site'"],
    'x-forwarded-for': address,
    'x-forwarded-proto': [],
  };
  expect(faultsOf(headers, found(/(?:headers\.get|\.header)\(\s*'([a-z-]+)'\s*\)/gu))).toEqual([]);
  // By a name that stands in a constant.
  const named: Doors = {
    'src/console/access/guard.ts csrfHeader': ["'x-console'"],
    // Of a request to a receiver, by its own program.
    'src/protocol/signature.ts name': [],
  };
  const byConstant = sources.flatMap(([file, text]) =>
    Array.from(
      text.matchAll(/(?:headers\.get|\.header)\(\s*(\w+)\s*\)/gu),
      ([, name]) => `${file} ${name}`,
    ),
  );
  expect(faultsOf(named, byConstant.toSorted())).toEqual([]);
  const cookies: Doors = { sessionCookie: ["'cookie'"] };
  expect(faultsOf(cookies, found(/getCookie\(context, (\w+)\)/gu))).toEqual([]);
});

test('whatever reads what a receiver answers is known', () => {
  const answers: Doors = {
    'answer.ts': [],
    'body-fault.ts': ['faultText'],
    'classify.ts': ['readResponse'],
    'content-type.ts': ['parseContentType', 'decodeBody'],
    'kept-body.ts': ['keptBody'],
    'read-response.ts': ['readResponse'],
    'read-verdict.ts': ['readVerdict'],
    'retry-after.ts': ['retryAfterMs'],
    'stream/content.ts': [],
    'stream/event-stream.ts': ['createEventStreamReader'],
    'stream/gathering.ts': ['createEventStreamReader', 'createJsonLinesReader'],
    'stream/json-lines.ts': ['createJsonLinesReader'],
    'stream/json-text.ts': ['createEventStreamReader', 'createJsonLinesReader'],
    'stream/read-object.ts': ['createEventStreamReader', 'createJsonLinesReader'],
    'stream/stream-reader.ts': ['createEventStreamReader', 'createJsonLinesReader'],
    'verdict.ts': [],
  };
  const folder = 'src/delivery/answer/';
  const files = sources.flatMap(([file]) =>
    file.startsWith(folder) ? [file.slice(folder.length)] : [],
  );
  expect(faultsOf(answers, files.toSorted())).toEqual([]);
  const headers: Doors = {
    'content-disposition': ['dispositionFileName'],
    'content-length': [],
    'content-type': ['parseContentType'],
    'retry-after': ['retryAfterMs'],
  };
  const outgoing = sources.filter(([file]) => !file.endsWith('build-request.ts'));
  expect(faultsOf(headers, found(/headers\['([a-z-]+)'\]/gu, outgoing))).toEqual([]);
});

test('a door that is not known is found', () => {
  const text = "app.post('/new', bodyOf); request.headers.get('x-new'); context.header('x', 'y');";
  const among: readonly Source[] = [['src/a.ts', text]];
  expect(found(/\.(?:post|put)\(\s*'([^']+)'/gu, among)).toEqual(['/new']);
  expect(found(/(?:headers\.get|\.header)\(\s*'([a-z-]+)'\s*\)/gu, among)).toEqual(['x-new']);
  expect(faultsOf({}, ['/new'])).toEqual(['not listed: /new']);
  expect(faultsOf({ '/new': ['noSuchReader'] }, ['/new'])).toEqual(['not tested: noSuchReader']);
  expect(faultsOf({ '/old': [] }, [])).toEqual(['not there: /old']);
});
