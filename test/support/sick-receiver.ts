import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TaskRequest } from '../../src/core/task.js';
import { type Behaviour, body, breakAfter, hang, json, reset, status } from './receiver.js';

/** A way to fail, and what becomes of the task: called again, or dead for a reason that begins so. */
interface Mood {
  readonly behave: Behaviour;
  readonly end: 'again' | 'answered' | { readonly dead: string };
}

/** What a server says that speaks TLS to whoever does not. */
const tlsAlert = Buffer.from('1503010002022f', 'hex');

const inASecond = () => new Date(Date.now() + 1000).toUTCString();

const moods = {
  well: {
    behave: (response, call) => {
      const { question } = JSON.parse(call.body) as TaskRequest;
      return json({ success: true, message: question })(response, call);
    },
    end: 'answered',
  },
  reset: { behave: reset, end: 'again' },
  'breaks in the body': { behave: breakAfter('{"success":'), end: 'again' },
  'speaks TLS': { behave: (response) => void response.socket?.end(tlsAlert), end: 'again' },
  'HTTP 500': { behave: status(500), end: 'again' },
  '503 with seconds': { behave: status(503, { 'retry-after': '0' }), end: 'again' },
  '503 with a date': {
    behave: (response, call) => status(503, { 'retry-after': inASecond() })(response, call),
    end: 'again',
  },
  'HTTP 429': { behave: status(429, { 'retry-after': '0.05' }), end: 'again' },
  hang: { behave: hang, end: { dead: 'timeout' } },
  redirect: { behave: status(302, { location: '/elsewhere' }), end: { dead: 'http-302' } },
  'HTTP 404': { behave: status(404), end: { dead: 'http-404' } },
  HTML: {
    behave: body('text/html', '<h1>Welcome</h1>'),
    end: { dead: 'body-invalid: content-type text/html' },
  },
  'half of JSON': {
    behave: body('application/json', '{"success":tr'),
    end: { dead: 'body-invalid: no JSON' },
  },
  'other JSON': { behave: json({ code: 0 }), end: { dead: 'body-invalid: response' } },
} satisfies Readonly<Record<string, Mood>>;

type MoodName = keyof typeof moods;

const names = Object.keys(moods) as readonly MoodName[];
const passing = names.filter((name) => moods[name].end === 'again');
const final = names.filter((name) => typeof moods[name].end === 'object');

/** Mostly failures that pass, some that are final, now and then an answer; each kind in turn. */
function moodDrawer(random: () => number): () => MoodName {
  const turns = { final: 0, passing: 0 };
  return () => {
    const chance = random();
    if (chance < 0.2) return 'well';
    const kind = chance < 0.4 ? 'final' : 'passing';
    const some = kind === 'final' ? final : passing;
    turns[kind] += 1;
    return some[turns[kind] % some.length] ?? 'well';
  };
}

/** What was answered so shortly before the receiver goes away may be lost with the connection. */
const lostWithinMs = 100;

/** One call of a task. */
interface Visit {
  readonly mood: MoodName;
  /** The receiver went away while it was under way. */
  cut: boolean;
}

/** A receiver on a port of its own that fails in every way, until it is healed. */
export interface SickReceiver {
  readonly origin: string;
  /** The questions in the order of their calls. */
  readonly questions: readonly string[];
  /** The moods that were met so far. */
  readonly met: ReadonlySet<string>;
  /** How a task has to end, by what it met. */
  expected(question: string): Exclude<Mood['end'], 'again'> | 'unsettled';
  /** Is away for so many ms: connections break, new ones are refused. */
  goAway(ms: number): Promise<void>;
  heal(): void;
  close(): Promise<void>;
}

/** Starts it; `random` is from 0 to below 1. `mayRepeat`: whether a task may be called after a hang. */
export async function startSickReceiver(
  random: () => number,
  mayRepeat: (question: string) => boolean,
): Promise<SickReceiver> {
  const visits = new Map<string, Visit[]>();
  const questions: string[] = [];
  const underWay = new Set<Visit>();
  const draw = moodDrawer(random);
  let isWell = false;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString('utf8');
      const { question } = JSON.parse(text) as TaskRequest;
      const visit: Visit = { mood: isWell ? 'well' : draw(), cut: false };
      visits.set(question, [...(visits.get(question) ?? []), visit]);
      questions.push(question);
      underWay.add(visit);
      response.once('close', () => setTimeout(() => underWay.delete(visit), lostWithinMs));
      const call = { method: 'POST', path: '/', headers: request.headers, body: text, at: 0 };
      void moods[visit.mood].behave(response, call);
    });
  });
  server.keepAliveTimeout = 60_000;
  await listen(server, 0);
  const { port } = server.address() as AddressInfo;
  const goAway = async (ms: number) => {
    for (const visit of underWay) visit.cut = true;
    await closed(server);
    await new Promise((resolve) => {
      setTimeout(resolve, ms);
    });
    await listen(server, port);
  };
  return {
    origin: `http://127.0.0.1:${port}`,
    questions,
    get met() {
      return new Set<string>([...visits.values()].flat().map(({ mood }) => mood));
    },
    expected: (question) => endOf(visits.get(question) ?? [], mayRepeat(question)),
    goAway,
    heal: () => {
      isWell = true;
    },
    close: () => closed(server),
  };
}

function endOf(visits: readonly Visit[], mayRepeat: boolean) {
  for (const [index, { mood, cut }] of visits.entries()) {
    const { end } = moods[mood];
    // Called again although its answer was final: the answer was cut off.
    const isCut = cut && index < visits.length - 1;
    const isRepeated = mood === 'hang' && mayRepeat;
    if (end !== 'again' && !isCut && !isRepeated) return end;
  }
  return 'unsettled';
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve) => {
    server.listen(port, '127.0.0.1', resolve);
  });
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
