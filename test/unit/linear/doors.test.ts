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

/** Every door that there is has its line, every line its door, and every reader its test. */
function expectKnown(doors: Doors, there: readonly string[]): void {
  expect(Object.keys(doors).toSorted()).toEqual(there);
  const untested = Object.values(doors)
    .flat()
    .filter((reader) => !tested.includes(reader));
  expect(untested).toEqual([]);
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
  expectKnown(webhooks, names.map((file) => file.split('/')[2] ?? '').toSorted());
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
  expectKnown(routes, found(/\.(?:post|put|patch|delete|all)\(\s*['`]([/*][^'`]*)['`]/gu));
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
  expectKnown(headers, found(/(?:headers\.get|\.header)\(\s*'([a-z-]+)'\s*\)/gu));
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
  expectKnown(named, byConstant.toSorted());
  const cookies: Doors = { sessionCookie: ["'cookie'"] };
  expectKnown(cookies, found(/getCookie\(context, (\w+)\)/gu));
});

test('whatever reads what a receiver answers is known', () => {
  const answers: Doors = {
    'answer.ts': [],
    'body-fault.ts': ['faultText'],
    'classify.ts': ['readResponse'],
    'content-type.ts': ['parseContentType', 'decodeBody'],
    'event-stream.ts': ['createEventStreamReader'],
    'kept-body.ts': ['keptBody'],
    'read-response.ts': ['readResponse'],
    'read-verdict.ts': ['readVerdict'],
    'retry-after.ts': ['retryAfterMs'],
    'verdict.ts': [],
  };
  const folder = 'src/delivery/answer/';
  const files = sources.flatMap(([file]) =>
    file.startsWith(folder) ? [file.slice(folder.length)] : [],
  );
  expectKnown(answers, files.toSorted());
  const headers: Doors = {
    'content-disposition': ['dispositionFileName'],
    'content-length': [],
    'content-type': ['parseContentType'],
    'retry-after': ['retryAfterMs'],
  };
  const outgoing = sources.filter(([file]) => !file.endsWith('build-request.ts'));
  expectKnown(headers, found(/headers\['([a-z-]+)'\]/gu, outgoing));
});

test('a door that is not known is found', () => {
  const text = "app.post('/new', bodyOf); request.headers.get('x-new'); context.header('x', 'y');";
  const among: readonly Source[] = [['src/a.ts', text]];
  expect(found(/\.(?:post|put)\(\s*'([^']+)'/gu, among)).toEqual(['/new']);
  expect(found(/(?:headers\.get|\.header)\(\s*'([a-z-]+)'\s*\)/gu, among)).toEqual(['x-new']);
  expect(() => expectKnown({}, ['/new'])).toThrow('/new');
  expect(() => expectKnown({ '/new': ['noSuchReader'] }, ['/new'])).toThrow('noSuchReader');
});
