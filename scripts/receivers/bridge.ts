import { randomBytes, randomUUID } from 'node:crypto';
import { freePort } from '../../test/support/free-port.js';
import { waitUntil } from '../../test/support/wait-until.js';
import { type Caller, createCaller, newSecret } from './caller.js';
import { type Program, start } from './child.js';
import { type FakeModel, startFakeModel } from './fake-model.js';
import { type AllSeen, isSeenGrowing, type Seen } from './trials.js';

/** What is tried of the bridge, before one model. */
type BridgeTrial = (caller: Caller, model: FakeModel) => Promise<Seen>;

const asked = '订阅 周报 📰';

async function growing({ call }: Caller): Promise<Seen> {
  const heard = await call({ question: asked });
  const { text } = heard;
  if (!text.startsWith(asked) || !text.endsWith(' grows.')) return `said: ${text}`;
  return isSeenGrowing(heard) ? '' : 'at its end';
}

async function wrong({ call }: Caller, { asked: heard }: FakeModel): Promise<Seen> {
  const before = heard.length;
  const { status } = await call({ question: asked, secrets: [newSecret()] });
  return status === 401 && heard.length === before ? '' : `${status}`;
}

async function repeated({ call }: Caller, { asked: heard }: FakeModel): Promise<Seen> {
  const id = `receivers_${randomUUID()}`;
  const first = await call({ question: asked, id });
  const before = heard.length;
  const second = await call({ question: asked, id });
  return first.text === second.text && heard.length === before ? '' : second.text;
}

/** A repetition in the middle of an answer gets that answer; so does one whose first caller hung up. */
async function repeatedInTheMiddle({ call }: Caller, { asked: heard }: FakeModel): Promise<Seen> {
  const seen: Seen[] = [];
  for (const timeoutMs of [20_000, 250]) {
    const id = `receivers_${randomUUID()}`;
    const before = heard.length;
    const first = call({ question: asked, id, timeoutMs });
    await waitUntil('the model is asked', () => heard.length > before);
    const second = await call({ question: asked, id });
    const isHastyOne = (await first).answer.kind === 'timeout';
    const isWhole = second.text.startsWith(asked) && second.text.endsWith(' grows.');
    if (!isWhole || isHastyOne !== timeoutMs < 1000) seen.push(`${timeoutMs} ms: ${second.text}`);
    if (heard.length !== before + 1) seen.push(`asked ${heard.length - before} times`);
  }
  return seen.join(', ');
}

/** The model hears what the talker said before, ten turns at most, and nothing of others. */
async function remembers({ call }: Caller, model: FakeModel): Promise<Seen> {
  model.hurry();
  for (let turn = 1; turn <= 12; turn += 1) await call({ question: `${turn}`, userId: 'bob' });
  const last = model.asked.at(-1);
  if (last?.query !== undefined) return last.conversation_id === 'conversation-1' ? '' : 'no id';
  const questions = last?.messages?.filter(({ role }) => role === 'user').map((one) => one.content);
  const seen = questions?.join(' ') ?? '';
  return seen === '2 3 4 5 6 7 8 9 10 11 12' ? '' : seen;
}

/** Too many requests, and failures, are tried again by the bot. */
async function busy({ call }: Caller, model: FakeModel): Promise<Seen> {
  model.failNext(429);
  const { outcome } = await call({ question: asked });
  model.failNext(401);
  const refused = await call({ question: asked });
  const isWell = outcome.kind === 'retry' && outcome.afterMs === 1000 && refused.status === 424;
  return isWell ? '' : `${outcome.kind} ${refused.status}`;
}

/** What was said before the model broke off is no whole answer. */
async function brokenOff({ call }: Caller, model: FakeModel): Promise<Seen> {
  model.breakNext();
  const { outcome, growth, text } = await call({ question: asked });
  if (outcome.kind === 'answered') return `said as whole: ${text}`;
  return growth.length > 0 ? '' : `nothing was seen: ${outcome.reason}`;
}

const bridgeTrials: Readonly<Record<string, BridgeTrial>> = {
  growing,
  'broken off': brokenOff,
  'wrong signature': wrong,
  repeated,
  'repeated in the middle': repeatedInTheMiddle,
  'remembers turns': remembers,
  'model fails': busy,
};

/** The columns of the bridge. */
export const bridgeColumns: readonly string[] = Object.keys(bridgeTrials);

/**
 * Tries the bridge before a model whose API has this path.
 *
 * @param proxy what stands between the bridge and the model, finds it in MODEL_URL, and is asked with MODEL_KEY
 */
export async function tryBridge(program: Program, path: string, proxy?: Program): Promise<AllSeen> {
  const model = await startFakeModel();
  const key = { MODEL_KEY: `sk-${randomBytes(32).toString('hex')}` };
  try {
    const env = { ...key, MODEL_URL: `${model.origin}${path}` };
    if (proxy === undefined) return await tryBefore(model, program, env);
    const proxyEnv = { ...key, MODEL_URL: `${model.origin}/v1` };
    const between = await start(proxy, await freePort(), proxyEnv);
    try {
      const proxied = { ...key, MODEL_URL: `${new URL(between.url).origin}${path}` };
      return await tryBefore(model, program, proxied);
    } finally {
      await between.stop();
    }
  } finally {
    await model.close();
  }
}

async function tryBefore(
  model: FakeModel,
  program: Program,
  env: Readonly<Record<string, string>>,
): Promise<AllSeen> {
  const secret = newSecret();
  const own = { ...env, MODEL: 'fake', CALLBACK_SECRET: secret };
  const bridge = await start(program, await freePort(), own);
  const caller = await createCaller(bridge.url, secret);
  const seen: Record<string, Seen> = {};
  try {
    for (const [name, trial] of Object.entries(bridgeTrials)) {
      seen[name] = await trial(caller, model);
    }
    return seen;
  } finally {
    caller.close();
    await bridge.stop();
  }
}
