import { randomUUID } from 'node:crypto';
import type { CallRequest } from '../../src/delivery/build-request.js';
import { freePort } from '../../test/support/free-port.js';
import { type Call, type Caller, createCaller, type Heard, newSecret } from './caller.js';
import type { Program } from './child.js';
import { start } from './child.js';
import type { Other } from './others/other.js';
import { type AllSeen, isSeenGrowing, type Seen, wrong } from './trials.js';

/** Calls a path of a program. */
type CallPath = (path: string, call: Call) => Promise<Heard>;

/** One column of the table. */
type Trial = (call: CallPath, caller: Caller) => Promise<Seen>;

const question = '订阅 周报 📰';
const said = `You said: ${question}`;
const grown = `${said}\n It grows.`;

/** Where a string may be labelled otherwise than JSON. */
const textFirst = 'text/plain, application/json, text/event-stream';

function brief({ answer, outcome, status, text }: Heard): string {
  const what = outcome.kind === 'answered' ? JSON.stringify(text) : outcome.reason;
  return `${answer.kind} ${status} ${what}`;
}

const says =
  (path: string, wanted: string): Trial =>
  async (call) => {
    const heard = await call(path, { question });
    return heard.text === wanted ? '' : brief(heard);
  };

/** The whole text, seen as it grows. */
const growing: Trial = async (call) => {
  const heard = await call('/stream', { question });
  if (heard.text !== grown) return brief(heard);
  return isSeenGrowing(heard) ? '' : 'at its end';
};

/** What was said before the exception is no whole answer. */
const brokenOff: Trial = async (call) => {
  const heard = await call('/broken', { question });
  if (heard.outcome.kind === 'answered') return `said as whole: ${JSON.stringify(heard.text)}`;
  return heard.growth.length > 0 ? '' : `nothing was seen: ${brief(heard)}`;
};

/** While a secret is changed a task has two signatures, the new one first. */
const signed: Trial = async (call, { secret = '' }) => {
  const heard = await call('/signed', { question, secrets: [newSecret(), secret] });
  return heard.text === said ? '' : brief(heard);
};

/** A repetition gets an answer, also at the same time. */
const repeated: Trial = async (call) => {
  for (const [path, wanted] of [
    ['/json', said],
    ['/stream', grown],
  ] as const) {
    const again = { question, id: `receivers_${randomUUID()}` };
    const both = await Promise.all([call(path, again), call(path, again)]);
    for (const heard of [...both, await call(path, again)]) {
      if (heard.text !== wanted) return brief(heard);
    }
  }
  return '';
};

const accepting = (accept: string) => (request: CallRequest) => ({
  ...request,
  headers: { ...request.headers, accept },
});

function typeOf({ answer, status }: Heard): string {
  const type = answer.kind === 'response' ? (answer.contentType.split(';')[0] ?? '') : answer.kind;
  return status === 200 ? type : `${status} ${type}`;
}

/** A string, and JSON, are said; the label is right, whichever of both is named first in `accept`. */
const labelled: Trial = async (call) => {
  const wrongly: string[] = [];
  for (const [first, options] of [
    ['as sent', {}],
    ['text first', { forge: accepting(textFirst) }],
  ] as const) {
    const text = await call('/text', { question, ...options });
    const json = await call('/json', { question, ...options });
    if (!/^text\/(?:plain|html)$/u.test(typeOf(text)))
      wrongly.push(`${first}: a string is ${typeOf(text)}`);
    if (typeOf(json) !== 'application/json') wrongly.push(`${first}: JSON is ${typeOf(json)}`);
    if (text.text !== said || json.text !== said)
      wrongly.push(`${first}: ${brief(text)}, ${brief(json)}`);
  }
  return wrongly.join('; ');
};

const trials: Readonly<Record<string, Trial>> = {
  JSON: says('/json', said),
  slow: says('/slow', said),
  growing,
  'broken off': brokenOff,
  signed,
  'wrong signature': async (call, caller) =>
    await wrong({ ...caller, call: async (one) => await call('/signed', one) }),
  repeated,
  'text/plain': labelled,
};

/** The columns of the table of other frameworks. */
export const otherColumns: readonly string[] = Object.keys(trials);

/** Starts the program of a framework, and tries it. */
export async function tryOther(other: Other, program: Program): Promise<AllSeen> {
  const secret = newSecret();
  const receiver = await start(program, await freePort(), { CALLBACK_SECRET: secret });
  const base = `${new URL(receiver.url).origin}${other.base ?? ''}`;
  const callers = new Map<string, Caller>();
  const callerOf = async (path: string) => {
    const caller = callers.get(path) ?? (await createCaller(`${base}${path}`, secret));
    callers.set(path, caller);
    return caller;
  };
  const call: CallPath = async (path, one) => await (await callerOf(path)).call(one);
  const seen: Record<string, Seen> = {};
  try {
    for (const [name, trial] of Object.entries(trials)) {
      if (other.untried?.[name] === undefined)
        seen[name] = await trial(call, await callerOf('/json'));
    }
    return seen;
  } finally {
    for (const caller of callers.values()) caller.close();
    await receiver.stop();
  }
}
