import { randomUUID } from 'node:crypto';
import { doctorCommand } from '../../src/cli/doctor/doctor.js';
import type { CallRequest } from '../../src/delivery/build-request.js';
import { freePort } from '../../test/support/free-port.js';
import { type Caller, createCaller, type Heard, newSecret } from './caller.js';
import { type Program, start } from './child.js';

/** What a trial came to: `''` when all is as documented, else what was seen. */
export type Seen = string;

/** What all trials of a receiver came to, by their names. */
export type AllSeen = Readonly<Record<string, Seen>>;

/** One column of the matrix. */
interface Trial {
  readonly name: string;
  readonly run: (caller: Caller) => Promise<Seen>;
}

const asked = '订阅 周报 📰';
const grows = `stream ${asked}`;

function brief({ outcome, answer, status }: Heard): string {
  return outcome.kind === 'answered' ? `${status}` : `${answer.kind} ${status} ${outcome.reason}`;
}

/** An answer in JSON repeats the question, behind the number of what was worked on. */
const jsonTrial: Trial = {
  name: 'JSON',
  run: async ({ call }) => {
    const heard = await call({ question: asked });
    return heard.text.endsWith(asked) && heard.growth.length === 0 ? '' : brief(heard);
  },
};

/** A stream is seen as it grows, not at its end alone. */
async function growing({ call }: Caller): Promise<Seen> {
  const heard = await call({ question: grows });
  const { growth, text } = heard;
  if (!text.includes(asked) || !text.endsWith(' grows.')) return `${brief(heard)} ${text}`;
  return isSeenGrowing(heard) ? '' : `${growth.length} piece, at its end`;
}

/** Whether a part of the answer was there before the whole. */
export function isSeenGrowing({ growth, text }: Heard): boolean {
  const [first] = growth;
  return growth.length > 1 && first !== undefined && first.length < text.length;
}

/** While a secret is changed a task has two signatures, the new one first. */
async function signed({ call, secret = '' }: Caller): Promise<Seen> {
  const heard = await call({ question: asked, secrets: [newSecret(), secret] });
  return heard.text.endsWith(asked) ? '' : brief(heard);
}

const withHeader = (name: string, value?: string) => (request: CallRequest) => {
  const { [name]: _, ...headers } = request.headers;
  return { ...request, headers: value === undefined ? headers : { ...headers, [name]: value } };
};

const hourAgo = () => String(Math.floor(Date.now() / 1000) - 3600);

const forgeries: Readonly<Record<string, (request: CallRequest) => CallRequest>> = {
  unsigned: withHeader('webhook-signature'),
  garbage: withHeader('webhook-signature', 'garbage'),
  'no base64': withHeader('webhook-signature', 'v1,***'),
  old: (request) => withHeader('webhook-timestamp', hourAgo())(request),
  'no time': withHeader('webhook-timestamp', 'now'),
  'another body': (request) => {
    const body = Buffer.from(request.body.toString().replaceAll('alice', 'mallo'));
    return { ...request, body };
  },
};

/** Every kind of wrong signature is answered 401. */
export async function wrong({ call }: Pick<Caller, 'call'>): Promise<Seen> {
  const seen: string[] = [];
  const by = await call({ question: asked, secrets: [newSecret()] });
  if (by.status !== 401) seen.push(`another secret: ${by.status}`);
  for (const [name, forge] of Object.entries(forgeries)) {
    const { status } = await call({ question: asked, forge });
    if (status !== 401) seen.push(`${name}: ${status}`);
  }
  return seen.join(', ');
}

/** The same task twice, and twice at the same time, gets one answer. */
async function repeated({ call }: Caller): Promise<Seen> {
  for (const question of [asked, grows]) {
    const id = `receivers_${randomUUID()}`;
    const [first, second] = await Promise.all([call({ question, id }), call({ question, id })]);
    const third = await call({ question, id });
    const texts = new Set([first.text, second.text, third.text]);
    if (texts.size > 1 || texts.has('')) return `answers: ${[...texts].join(' · ')}`;
  }
  return '';
}

/** A caller that hung up in the middle gets the whole answer when it asks again; it was worked on once. */
async function slow({ call }: Caller): Promise<Seen> {
  const before = await call({ question: asked });
  const id = `receivers_${randomUUID()}`;
  const hasty = await call({ question: grows, id, timeoutMs: 250 });
  if (hasty.answer.kind !== 'timeout') return `no time-out: ${brief(hasty)}`;
  const again = await call({ question: grows, id });
  const wanted = Number.parseInt(before.text, 10) + 1;
  const isWhole = again.text.startsWith(`${wanted}.`) && again.text.endsWith(' grows.');
  return isWhole ? '' : `${brief(again)} ${again.text}`;
}

/** What is tried of a receiver that verifies signatures. */
const trials: readonly Trial[] = [
  jsonTrial,
  { name: 'growing', run: growing },
  { name: 'signed', run: signed },
  { name: 'wrong signature', run: wrong },
  { name: 'repeated', run: repeated },
  { name: 'slow', run: slow },
];

/** Runs `wechaty-callback doctor`; `''` when every check passes. */
async function doctor(url: string, secret: string): Promise<Seen> {
  let out = '';
  const write = (text: string) => {
    out += text;
  };
  const io = {
    stdout: write,
    stderr: write,
    stopped: () => Promise.resolve(),
    cwd: process.cwd(),
    env: {},
    language: 'en',
    colors: false,
  } as const;
  await doctorCommand({ url, secret, json: true }, io);
  const { checks } = JSON.parse(out) as {
    readonly checks: readonly {
      readonly check: string;
      readonly result: string;
      readonly reason?: string;
    }[];
  };
  const bad = checks.filter(({ result }) => result !== 'pass');
  return bad.map(({ check, result, reason = '' }) => `${check}: ${result} ${reason}`).join(', ');
}

/** The columns of the matrix. */
export const columns: readonly string[] = [
  'without secret',
  ...trials.map(({ name }) => name),
  'doctor',
];

/** Starts a receiver without a secret and with one, and tries it. */
export async function tryReceiver(program: Program): Promise<AllSeen> {
  return { 'without secret': await unsigned(program), ...(await verified(program)) };
}

/** Without a secret a receiver says so when it starts, and answers what is not signed. */
async function unsigned(program: Program): Promise<Seen> {
  const receiver = await start(program, await freePort(), {});
  const caller = await createCaller(receiver.url);
  try {
    const seen = await jsonTrial.run(caller);
    const warns = /CALLBACK_SECRET is not set/u.test(receiver.printed());
    return seen === '' && !warns ? 'does not warn' : seen;
  } finally {
    caller.close();
    await receiver.stop();
  }
}

async function verified(program: Program): Promise<AllSeen> {
  const secret = newSecret();
  const receiver = await start(program, await freePort(), { CALLBACK_SECRET: secret });
  const caller = await createCaller(receiver.url, secret);
  const seen: Record<string, Seen> = {};
  try {
    for (const { name, run } of trials) seen[name] = await run(caller);
    return { ...seen, doctor: await doctor(receiver.url, secret) };
  } finally {
    caller.close();
    await receiver.stop();
  }
}
