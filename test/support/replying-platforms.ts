import { log, WechatyBuilder } from 'wechaty';
import type { Puppet } from 'wechaty-puppet';
import { TerminalPuppet } from '../../examples/terminal-puppet.js';
import { CallbackPlugin } from '../../src/index.js';
import type { PlatformRequest } from '../contract/adapter-contract.js';
import { startFakeOpenIM } from './fake-openim/fake-openim.js';
import { startFakeWeCom } from './fake-wecom/fake-wecom.js';
import { webhookCaller } from './fake-wecom/webhook/caller.js';
import { connectionKeys, FakeConnection } from './fake-wecom-bot/fake-connection.js';
import { FakeWeComBot } from './fake-wecom-bot/fake-wecom-bot.js';
import { type Bubble, contentOf } from './fake-wecom-bot/screen.js';
import { FakeWildfire } from './fake-wildfire/fake-wildfire.js';
import { freePort } from './free-port.js';
import { recordingPuppet } from './mock-bot.js';
import { notingPino, type PinoLine } from './noting-pino.js';
import { openIMPuppet, openIMRequest, openIMText } from './openim-bot.js';
import type { Receiver } from './receiver.js';
import { waitUntil } from './wait-until.js';
import { callbackKeys, weComPuppet } from './wecom-app.js';
import { weComBotPuppet } from './wecom-bot.js';
import { wildfirePuppet, wildfireRequest, wildfireText } from './wildfire-bot.js';

/** What a platform came to show of an answer. */
export interface Replied {
  /** One thing each, in order: its kind in brackets, or its words. */
  readonly shown: readonly string[];
  /** Warnings and errors of the log. */
  readonly warnings: readonly string[];
  /** What the log told before the receiver was called. */
  readonly notes: readonly string[];
}

/** One platform with a bot on it that is not started. */
interface Platform {
  readonly puppet: Puppet;
  /** Somebody writes to the bot, whose webhooks are at `origin`. */
  say(origin: string): Promise<unknown>;
  shown(): readonly string[];
  /** Resolves when the answer is shown to its end. Default: when the task is settled. */
  ended?(): Promise<unknown>;
  close(): Promise<unknown>;
}

/** Starts a platform. */
export type StartPlatform = () => Promise<Platform>;

const message = { id: '1', from: 'alice', text: '订阅' };

async function post(origin: string, { path, headers, body }: PlatformRequest): Promise<void> {
  const response = await fetch(`${origin}${path}`, { method: 'POST', headers, body });
  if (response.status !== 200) throw new Error(`The webhook answers ${response.status}.`);
}

/** @param hasSecret without one the app says nothing by itself */
const weCom =
  (hasSecret: boolean): StartPlatform =>
  async () => {
    const fake = await startFakeWeCom({ members: [{ userid: 'alice', name: 'Alice' }] });
    return {
      puppet: weComPuppet(fake, hasSecret ? {} : { secret: undefined }),
      say: (origin) =>
        webhookCaller(fake.world, { ...callbackKeys, url: `${origin}/wecom` }).say('alice', '订阅'),
      shown: () =>
        fake
          .shownTo('alice')
          .map(({ msgtype, content }) =>
            msgtype === 'text' ? String(content['content']) : `[${msgtype}]`,
          ),
      close: () => fake.close(),
    };
  };

const endOf = (bubbles: readonly Bubble[]) => () =>
  waitUntil('the end of the bubble', () => bubbles.some(({ isFinished }) => isFinished));
const wordsOf = (bubble: Bubble) => contentOf(bubble).split('\n\n');

const weComBot: StartPlatform = async () => {
  const fake = await new FakeWeComBot({ pollMs: 50 }).start();
  return {
    puppet: weComBotPuppet(),
    say: async (origin) => {
      fake.url = `${origin}/wecom-bot`;
      await fake.say('订阅');
    },
    shown: () =>
      fake.bubbles.flatMap((bubble) => [
        ...wordsOf(bubble),
        ...Array.from({ length: bubble.images }, () => '[image]'),
      ]),
    ended: endOf(fake.bubbles),
    close: () => fake.close(),
  };
};

const weComBotConnected: StartPlatform = async () => {
  const fake = await new FakeConnection().start();
  return {
    puppet: weComBotPuppet({ mode: 'websocket', url: fake.url, ...connectionKeys }),
    say: async () => {
      await waitUntil('the connection', () => fake.isConnected);
      fake.say('订阅');
    },
    shown: () => [
      ...fake.bubbles.flatMap(wordsOf),
      ...fake.bodies.map(({ msgtype }) => `[${String(msgtype)}]`),
    ],
    ended: endOf(fake.bubbles),
    close: () => fake.close(),
  };
};

const openIMKinds: Readonly<Record<number, string>> = {
  102: 'picture',
  103: 'voice',
  104: 'video',
  105: 'file',
};

const openIM: StartPlatform = async () => {
  const fake = await startFakeOpenIM();
  const command = 'callbackAfterSendSingleMsgCommand';
  return {
    puppet: openIMPuppet(fake),
    say: (origin) => post(origin, openIMRequest(command, openIMText(message))),
    shown: () =>
      fake.world.shown.map(({ contentType, content }) =>
        contentType === 101
          ? String(content['content'])
          : `[${openIMKinds[contentType] ?? contentType}]`,
      ),
    close: () => fake.close(),
  };
};

const wildfireKinds: Readonly<Record<number, string>> = {
  2: 'voice',
  3: 'image',
  4: 'location',
  5: 'file',
  6: 'video',
  8: 'link',
  10: 'card',
};

const wildfire: StartPlatform = async () => {
  const fake = await FakeWildfire.start();
  return {
    puppet: wildfirePuppet(fake),
    say: (origin) => post(origin, wildfireRequest('robot', wildfireText(message))),
    shown: () =>
      fake.world
        .said()
        .map(({ payload: { type, searchableContent } }) =>
          type === 1
            ? String(searchableContent)
            : `[${wildfireKinds[Number(type)] ?? String(type)}]`,
        ),
    close: () => fake.close(),
  };
};

const terminal: StartPlatform = async () => {
  const shown: string[] = [];
  const puppet = new TerminalPuppet(({ from, text }) => {
    if (from === 'bot') shown.push(text);
  });
  return {
    puppet,
    say: async () => puppet.hear('订阅', { name: 'Alice' }),
    shown: () => shown,
    close: () => Promise.resolve(),
  };
};

/** A puppet that is not ours. @param knows every kind of message; else texts alone */
const foreign =
  (knows: 'everything' | 'texts'): StartPlatform =>
  async () => {
    const puppet = recordingPuppet();
    if (knows === 'texts') {
      for (const kind of ['file', 'link', 'miniProgram', 'contact', 'location'] as const) {
        puppet.unsupported.add(kind);
      }
    }
    return {
      puppet,
      say: async () => {
        const { mocker } = puppet;
        const self = mocker.createContact({ id: 'bot', name: '小助手', friend: true });
        mocker.login(self);
        mocker.createContact({ id: 'wxid_support', name: 'Support', friend: true });
        mocker.createContact({ id: 'alice', name: 'Alice', friend: true }).say('订阅').to(self);
      },
      shown: () => puppet.said.map((said) => (said.kind === 'text' ? said.text : `[${said.kind}]`)),
      close: () => Promise.resolve(),
    };
  };

/** Every platform that the documents name, and how it is started. */
export const replyingPlatforms = {
  'WeCom app': weCom(true),
  'WeCom app without secret': weCom(false),
  'WeCom AI bot by webhook': weComBot,
  'WeCom AI bot by long connection': weComBotConnected,
  OpenIM: openIM,
  WildfireChat: wildfire,
  terminal,
  'foreign puppet': foreign('everything'),
  'foreign puppet for texts': foreign('texts'),
} as const satisfies Readonly<Record<string, StartPlatform>>;

/** Starts a bot with the plugin on a platform, has it asked once, and waits until the task is settled. */
export async function reply(start: StartPlatform, receiver: Receiver): Promise<Replied> {
  log.level('silent');
  const platform = await start();
  const port = await freePort();
  const { logger, lines } = notingPino();
  const plugin = CallbackPlugin(
    {
      rules: [{ name: 'all', callback: { url: receiver.origin } }],
      server: { port },
      journal: { store: 'memory' },
    },
    { logger },
  );
  const bot = WechatyBuilder.build({ puppet: platform.puppet, name: `replying-${port}` });
  bot.use(plugin);
  try {
    await plugin.ready;
    await bot.start();
    const before = lines.length;
    await platform.say(`http://127.0.0.1:${port}`);
    await waitUntil('the call', () => receiver.calls.length > 0);
    await platform.ended?.();
    await plugin.close({ graceMs: 60_000 });
    return {
      shown: platform.shown(),
      warnings: lines
        .slice(before)
        .filter(isWarning)
        .map(({ msg }) => msg),
      notes: lines.slice(0, before).map(({ msg }) => msg),
    };
  } finally {
    await plugin.close({ graceMs: 100 });
    await bot.stop();
    await platform.close();
  }
}

/** Of pino: 40 is `warn`. */
function isWarning({ level }: PinoLine): boolean {
  return Number(level) >= 40;
}
