import { textOf } from '../../core/errors.js';
import type { Bilingual } from '../../core/language.js';
import { askSeenKinds } from './ask-seen-kinds.js';
import { isWildfireError } from './client/api-error.js';
import { createClient, type WildfireClient } from './client.js';
import type { CheckedWildfireOptions } from './options.js';
import { isOnTwoRoads, twoRoads } from './roads-seen.js';

/** The settings of a bot, as its options have them once they are checked. */
export type WildfireSelfTestOptions = Pick<
  CheckedWildfireOptions,
  'server' | 'robot' | 'channel' | 'user' | 'admin' | 'files' | 'path' | 'callbackSecret'
> & {
  /** Scheme, host and port where the webhook answers, without a path. Default: it is not asked. */
  readonly webhookOrigin?: string;
};

/** What came of one check. */
export interface SelfTestFinding {
  /** For programs. Stable. */
  readonly name: 'account' | 'admin' | 'callback' | 'roads';
  readonly title: Bilingual;
  readonly result: 'pass' | 'fail' | 'skipped';
  /** What is wrong and what to do; of a check that passes, what was seen. */
  readonly advice?: Bilingual;
}

type Outcome = Pick<SelfTestFinding, 'result' | 'advice'>;

interface Check extends Pick<SelfTestFinding, 'name' | 'title'> {
  readonly run: (client: WildfireClient, options: WildfireSelfTestOptions) => Promise<Outcome>;
}

/** The server's code for what is not there. */
const notExisting = 253;

const onTwoRoads = {
  title: { en: 'messages come on two roads', zh: '消息经两条路径到达' },
  result: 'pass',
} as const;

const skipped: Outcome = { result: 'skipped' };

const checks: readonly Check[] = [
  {
    name: 'account',
    title: { en: 'id and secret of the bot are accepted', zh: '机器人的 ID 与密钥有效' },
    run: async ({ robot, channel }) => {
      const api = robot ?? channel;
      if (api === undefined) return skipped;
      await api.profile();
      return { result: 'pass' };
    },
  },
  {
    name: 'admin',
    title: { en: 'the secret of the admin API is accepted', zh: '管理接口的密钥有效' },
    run: async ({ admin, bot, channel }) => {
      if (admin === undefined) return skipped;
      await admin.user(bot.id).catch((error: unknown) => {
        // A channel is no user, and asking for it shows all the same that the secret holds.
        if (channel === undefined || !isWildfireError(error, notExisting)) throw error;
      });
      return { result: 'pass' };
    },
  },
  {
    name: 'callback',
    title: { en: 'the robot sends its messages here', zh: '机器人的回调指向此处' },
    run: async ({ robot }, options) =>
      robot === undefined ? skipped : judgeCallback(await robot.callbackUrl(), options),
  },
];

/**
 * Tests the settings of a bot against its server. Names no secret, and no callback URL, because a
 * secret is in it. Where the webhook answers, it is asked on which roads messages came. Never rejects.
 */
export async function selfTest(
  options: WildfireSelfTestOptions,
): Promise<readonly SelfTestFinding[]> {
  const client = createClient(options);
  const findings: SelfTestFinding[] = [];
  try {
    for (const { name, title, run } of checks) {
      findings.push({ name, title, ...(await run(client, options).catch(failed)) });
    }
  } finally {
    await client.close();
  }
  if (isOnTwoRoads(await askSeenKinds(options), client.bot.kind)) {
    findings.push({ name: 'roads', ...onTwoRoads, advice: twoRoads(client.bot.kind) });
  }
  return findings;
}

function failed(error: unknown): Outcome {
  return { result: 'fail', advice: textOf(error) };
}

/** The host may be that of a proxy; what stands behind it is ours. */
function judgeCallback(url: string, { path, callbackSecret }: WildfireSelfTestOptions): Outcome {
  const shown = callbackSecret === undefined ? `${path}/robot` : `${path}/<callbackSecret>/robot`;
  const wanted = [path, ...(callbackSecret === undefined ? [] : [callbackSecret]), 'robot'];
  if (url === '') return { result: 'fail', advice: noCallback(shown) };
  const isOurs = URL.canParse(url) && new URL(url).pathname.endsWith(wanted.join('/'));
  return isOurs ? { result: 'pass' } : { result: 'fail', advice: otherCallback(shown) };
}

function noCallback(shown: string): Bilingual {
  return {
    en: `The robot has no callback, so nothing is heard. Set it to http://<this machine>:8788${shown}.`,
    zh: `该机器人未设置 callback，收不到任何消息。请设为 http://<本机>:8788${shown}。`,
  };
}

function otherCallback(shown: string): Bilingual {
  return {
    en: `The robot's callback leads elsewhere: its path must end with ${shown}.`,
    zh: `该机器人的 callback 指向别处：其路径应以 ${shown} 结尾。`,
  };
}
