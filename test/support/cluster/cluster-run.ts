import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Journal, JournalStats } from '../../../src/core/journal.js';
import { openPostgres } from '../../../src/journal/open-postgres.js';
import { openDatabase } from '../../../src/postgres/open-database.js';
import { seededRandom } from '../crash/load.js';
import { type FakeWeCom, startFakeWeCom } from '../fake-wecom/fake-wecom.js';
import type { OwnServer } from '../postgres/server.js';
import { callbackKeys, weComRequest, weComText } from '../wecom-app.js';
import { type CountingReceiver, startCountingReceiver } from './counting-receiver.js';
import { Instance } from './instance.js';

/** How a run is made. */
export interface ClusterRunOptions {
  /** An empty folder for its files. */
  readonly folder: string;
  /** The compiled command line. */
  readonly program: string;
  /** Stopped and started again once; the same tasks are there then. */
  readonly server: Pick<OwnServer, 'url' | 'start' | 'stop'>;
  readonly messages: number;
  readonly conversations: number;
  readonly instances: number;
  /** Between two messages of a conversation, in ms. */
  readonly longestPauseMs: number;
  /** An instance is killed, or told to end, so often, in ms. */
  readonly killEveryMs: number;
  /** No instance is killed; PostgreSQL is restarted in the middle, and away for so long, in ms. */
  readonly restartMs?: number | undefined;
  /** In place of which killing PostgreSQL is ended. Default: the third. */
  readonly outageRound?: number;
  /** Of all random choices. */
  readonly seed: number;
  /** Told now and then how far it is. */
  readonly onProgress?: (line: string) => void;
}

/** All that is known of a run. */
export interface ClusterRun {
  /** Messages that were acknowledged. */
  readonly accepted: number;
  /** Tasks that ended answered. */
  readonly answered: number;
  readonly counts: JournalStats['counts'];
  /** Messages without an answer in their chat. */
  readonly unanswered: readonly string[];
  /** Conversations whose messages were called, or answered, in another order. */
  readonly outOfOrder: readonly string[];
  readonly calledAgain: readonly string[];
  readonly calls: number;
  /** Repeated calls of which it could not be told whether a response was there. */
  readonly unchecked: number;
  /** Answers that were said more than once. */
  readonly saidTwice: number;
  /**
   * The same by how the process ended that said it first; `lived`: another took its lease over while it
   * was still running.
   */
  readonly saidTwiceOver: Readonly<Record<string, number>>;
  readonly pushes: number;
  readonly kills: number;
  readonly terms: number;
  /** How often PostgreSQL was killed. */
  readonly outages: number;
  /** Of programs that were told to end, and could not do so well. */
  readonly exitCodes: readonly (number | null)[];
  readonly seconds: number;
  /** What the programs printed. */
  readonly printed: readonly string[];
}

/** So long after the last message, and after each that is answered then, another must be answered, in ms. */
const nextWordMs = 120_000;

/** Several programs on one journal, killed at random under load; PostgreSQL is killed once. */
export async function clusterRun(options: ClusterRunOptions): Promise<ClusterRun> {
  const start = performance.now();
  const members = conversationsOf(options).map((userid) => ({ userid, name: userid }));
  const fake = await startFakeWeCom({ members });
  // The platform shows a member 30 messages a minute of one app, which each program keeps by itself;
  // what several of them say together is not what is tried here.
  const hurry = setInterval(() => fake.world.pace.clear(), 500);
  const database = await openDatabase(options.server.url, { connections: 2 });
  const home = openPostgres(database);
  const hasResponse = (id: string) => responseOf(home.journal, id);
  const random = seededRandom(options.seed);
  const receiver = await startCountingReceiver({ hasResponse, takesMs: () => random() * 20 });
  const config = (process: string) => configOf(options, { fake, receiver, process });
  const instances: Instance[] = [];
  try {
    for (let n = 0; n < options.instances; n += 1) {
      const { folder, program } = options;
      const place = { folder: join(folder, `${n}`), name: `${n}` };
      instances.push(await Instance.start({ ...place, program, config }));
    }
    const trouble = new Trouble(options, instances, random);
    const load = new Load(options, { fake, instances, random, enough: trouble.enough });
    const troubled = trouble.make();
    await load.push();
    trouble.end();
    await troubled;
    await answeredAll(home.journal, options);
    const { counts } = await home.journal.stats();
    return {
      accepted: load.accepted,
      answered: counts.answered,
      counts,
      ...ordersOf(fake, receiver, options),
      ...repetitionsOf(fake, trouble.ends),
      calledAgain: receiver.calledAgain,
      calls: receiver.calls,
      unchecked: receiver.unchecked,
      pushes: load.pushes,
      ...trouble.count,
      seconds: (performance.now() - start) / 1000,
      printed: instances.map(({ printed }) => printed),
    };
  } finally {
    clearInterval(hurry);
    await Promise.all(instances.map((instance) => instance.stop('SIGKILL')));
    await Promise.all([home.journal.close(), home.store.close()]);
    await receiver.close();
    await fake.close();
  }
}

/** Later, the call itself may have brought the response. */
const atOnceMs = 250;

/** Whether the journal has the response of a task, where that can be told at once. */
async function responseOf(journal: Pick<Journal, 'get'>, id: string): Promise<boolean | undefined> {
  const asked = journal.get(id).then(
    (record) => record?.response !== undefined,
    () => undefined,
  );
  // The receiver must not be slow because PostgreSQL is away.
  return await Promise.race([asked, pause(atOnceMs, undefined)]);
}

function configOf(
  { server }: ClusterRunOptions,
  parts: {
    readonly fake: FakeWeCom;
    readonly receiver: CountingReceiver;
    readonly process: string;
  },
): Readonly<Record<string, unknown>> {
  const { fake, receiver, process } = parts;
  return {
    // Nobody gives up while programs and database are killed on a busy machine.
    rules: [{ name: 'all', callback: { url: receiver.origin }, reply: { within: '10m' } }],
    loopLimit: false,
    adapters: {
      wecom: {
        corpId: fake.corpId,
        agentId: fake.app.agentId,
        secret: fake.app.secret,
        token: callbackKeys.token,
        aesKey: callbackKeys.encodingAesKey,
        baseUrl: `${fake.origin}/by/${process}`,
        // An answer within the response could get lost with its connection.
        passive: 'never',
      },
    },
    journal: { store: server.url },
    log: { level: 'warn' },
  };
}

function conversationsOf({ conversations }: Pick<ClusterRunOptions, 'conversations'>) {
  return Array.from({ length: conversations }, (_, n) => `c${n}`);
}

/** Longer, and the platform would call again. */
const patienceMs = 5000;

async function isAcknowledged(
  url: string,
  request: { readonly headers: Readonly<Record<string, string>>; readonly body: string },
): Promise<boolean> {
  try {
    const signal = AbortSignal.timeout(patienceMs);
    const response = await fetch(url, { ...request, method: 'POST', signal });
    await response.arrayBuffer();
    return response.status === 200;
  } catch {
    return false;
  }
}

interface LoadParts {
  readonly fake: FakeWeCom;
  readonly instances: readonly Instance[];
  readonly random: () => number;
  /** Resolves when there was trouble enough: see `Trouble`. */
  readonly enough: Promise<void>;
}

/** Sends the messages, each conversation in its order, through a balancer that knows nothing. */
class Load {
  accepted = 0;
  pushes = 0;
  readonly #options: ClusterRunOptions;
  readonly #fake: FakeWeCom;
  readonly #instances: readonly Instance[];
  readonly #random: () => number;
  readonly #enough: Promise<void>;
  #messages = 0;

  constructor(options: ClusterRunOptions, { fake, instances, random, enough }: LoadParts) {
    this.#options = options;
    this.#fake = fake;
    this.#instances = instances;
    this.#random = random;
    this.#enough = enough;
  }

  async push(): Promise<void> {
    await Promise.all(conversationsOf(this.#options).map((sender) => this.#pushAll(sender)));
  }

  async #pushAll(sender: string): Promise<void> {
    const { messages, conversations, longestPauseMs } = this.#options;
    const last = Math.ceil(messages / conversations) - 1;
    for (let n = 0; n <= last; n += 1) {
      await pause(this.#random() * longestPauseMs);
      // Of each conversation something is left to be said behind all trouble.
      if (n === last) await this.#enough;
      await this.#pushOne(sender, `${sender} ${n}`);
    }
  }

  /** As the platform does: again, wherever the balancer leads, until it is acknowledged. */
  async #pushOne(from: string, text: string): Promise<void> {
    this.#messages += 1;
    const message = weComText({ id: `${9e15 + this.#messages}`, from, text });
    for (;;) {
      const up = this.#instances.filter(({ isUp }) => isUp);
      const one = up[Math.floor(this.#random() * up.length)];
      this.pushes += 1;
      const { path, ...request } = weComRequest(this.#fake, message);
      if (one && (await isAcknowledged(one.origin + path, request))) break;
      await pause(100);
    }
    this.accepted += 1;
    const { messages, onProgress } = this.#options;
    if (this.accepted % 1000 === 0) onProgress?.(`${this.accepted} of ${messages} accepted`);
  }
}

/** Kills programs, or tells them to end, and starts them again; PostgreSQL once, in the middle. */
class Trouble {
  readonly count = { kills: 0, terms: 0, outages: 0, exitCodes: [] as (number | null)[] };
  /** How processes ended, and when. */
  readonly ends = new Map<
    string | undefined,
    { readonly how: 'kill' | 'term'; readonly at: number }
  >();
  readonly #options: ClusterRunOptions;
  readonly #instances: readonly Instance[];
  readonly #random: () => number;
  readonly #ending = new AbortController();
  /** Resolves when PostgreSQL was killed and runs again, and two programs were ended. */
  readonly enough: Promise<void>;
  #endTrouble: () => void = () => {};

  constructor(options: ClusterRunOptions, instances: readonly Instance[], random: () => number) {
    this.#options = options;
    this.#instances = instances;
    this.#random = random;
    this.enough = new Promise((resolve) => {
      this.#endTrouble = resolve;
    });
  }

  end(): void {
    this.#ending.abort();
  }

  async make(): Promise<void> {
    const { killEveryMs, restartMs, outageRound = 3 } = this.#options;
    const { signal } = this.#ending;
    for (let round = 1; !signal.aborted; round += 1) {
      await pause(killEveryMs, undefined, { signal }).catch(() => {});
      if (signal.aborted) return;
      if (round === outageRound) await this.#takeServerAway();
      else if (restartMs === undefined) {
        await this.#hurt(this.#instances[Math.floor(this.#random() * this.#instances.length)]);
      }
      if (this.#isEnough()) this.#endTrouble();
    }
  }

  #isEnough(): boolean {
    const { outages, kills, terms } = this.count;
    return outages > 0 && (this.#options.restartMs !== undefined || kills + terms > 1);
  }

  async #takeServerAway(): Promise<void> {
    const { restartMs, server, onProgress } = this.#options;
    onProgress?.('PostgreSQL is killed and started again');
    this.count.outages += 1;
    await server.stop(restartMs === undefined ? 'immediate' : 'fast');
    await pause(restartMs ?? 2000);
    await server.start();
  }

  async #hurt(instance: Instance | undefined): Promise<void> {
    if (this.#random() < 0.7) {
      this.count.kills += 1;
      this.ends.set(instance?.process, { how: 'kill', at: Date.now() });
      await instance?.stop('SIGKILL');
    } else {
      this.count.terms += 1;
      this.ends.set(instance?.process, { how: 'term', at: Date.now() });
      this.count.exitCodes.push((await instance?.stop('SIGTERM')) ?? null);
    }
    await instance?.start();
  }
}

async function answeredAll(
  journal: { stats(): Promise<{ counts: Readonly<Record<string, number>> }> },
  { onProgress }: ClusterRunOptions,
): Promise<void> {
  let deadline = performance.now() + nextWordMs;
  let answered: number | undefined;
  while (performance.now() < deadline) {
    const { counts } = await journal.stats();
    if (counts['waiting'] === 0 && counts['running'] === 0) return;
    if (counts['answered'] !== answered) deadline = performance.now() + nextWordMs;
    answered = counts['answered'];
    onProgress?.(JSON.stringify(counts));
    await pause(500);
  }
}

function ordersOf(
  fake: FakeWeCom,
  receiver: CountingReceiver,
  { messages, conversations }: ClusterRunOptions,
): Pick<ClusterRun, 'unanswered' | 'outOfOrder'> {
  const said = conversationsOf({ conversations }).flatMap((userid) =>
    fake.shownTo(userid).map(({ content }) => String(content['content']).replace(/^re /u, '')),
  );
  const firstSaid = byConversation([...new Set(said)]);
  const called = byConversation(receiver.questions);
  const wanted = Array.from({ length: messages / conversations }, (_, n) => n);
  const unanswered: string[] = [];
  const outOfOrder: string[] = [];
  for (let n = 0; n < conversations; n += 1) {
    const all = wanted.map((message) => `c${n} ${message}`);
    const answers = firstSaid.get(`c${n}`) ?? [];
    unanswered.push(...all.filter((message) => !answers.includes(message)));
    const orders = [answers, called.get(`c${n}`) ?? []];
    if (orders.some((order) => !isInOrder(order, all))) outOfOrder.push(`c${n}`);
  }
  return { unanswered, outOfOrder };
}

function repetitionsOf(
  fake: FakeWeCom,
  ends: Trouble['ends'],
): Pick<ClusterRun, 'saidTwice' | 'saidTwiceOver'> {
  const saidTwiceOver: Record<string, number> = {};
  const first = new Map<string, string | undefined>();
  let saidTwice = 0;
  for (const { by, body, at } of fake
    .callsOf('message/send')
    .filter(({ errcode }) => errcode === 0)) {
    const { text, enable_duplicate_check: isChecked } = JSON.parse(body.toString('utf8')) as {
      readonly text: { readonly content: string };
      readonly enable_duplicate_check?: number;
    };
    if (!first.has(text.content)) {
      first.set(text.content, by);
      continue;
    }
    // The platform swallows it.
    if (isChecked === 1) continue;
    saidTwice += 1;
    const end = ends.get(first.get(text.content));
    const over = end !== undefined && end.at < at ? end.how : 'lived';
    saidTwiceOver[over] = (saidTwiceOver[over] ?? 0) + 1;
  }
  return { saidTwice, saidTwiceOver };
}

function byConversation(messages: readonly string[]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const message of messages) {
    const [conversation = ''] = message.split(' ');
    found.set(conversation, [...(found.get(conversation) ?? []), message]);
  }
  return found;
}

function isInOrder(order: readonly string[], wanted: readonly string[]): boolean {
  const places = order.map((message) => wanted.indexOf(message));
  return places.every((place, n) => place >= 0 && (n === 0 || place > (places[n - 1] ?? 0)));
}
