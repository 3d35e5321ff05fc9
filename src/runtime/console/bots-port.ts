import { isIP } from 'node:net';
import type { BotRow, SelfTest } from '../../console/api/contract.js';
import type { BotsPort } from '../../console/ports.js';
import type { Clock } from '../../core/clock.js';
import { textOf } from '../../core/errors.js';
import type { Bilingual } from '../../core/language.js';
import type { BotBoard, NotedBot } from './bot-board.js';
import { createDirectory } from './directory.js';

/** How the server is reached; `undefined` while there is none. */
export type Address = () => string | undefined;

/** A bot that tests itself against its platform may take so long, in ms. */
const selfTestPatienceMs = 30_000;

/** The bots as the console sees them. */
export function botsPort(board: BotBoard, address: Address, clock: Clock): BotsPort {
  return {
    list: () => board.list().map((noted) => rowOf(noted, address())),
    selfTest: async (key) => {
      const test = board.list().find((noted) => noted.key === key)?.extras.selfTest;
      return test && (await tested(test, clock));
    },
    chat: () => board.list().find(({ extras }) => extras.chat !== undefined)?.extras.chat,
    directory: createDirectory(board, clock),
  };
}

function rowOf(noted: NotedBot, address: string | undefined): BotRow {
  const { key, id, name, platform, online, since, lastEventAt, errors, extras } = noted;
  return {
    key,
    ...(id !== undefined && { id }),
    ...(name !== undefined && { name }),
    platform,
    online,
    ...(since !== undefined && { since }),
    ...(lastEventAt !== undefined && { lastEventAt }),
    errors,
    ...webhookOf(extras.webhook?.path, address),
    unkept: extras.unkept?.() ?? 0,
    canSelfTest: extras.selfTest !== undefined,
  };
}

function webhookOf(
  path: string | undefined,
  address: string | undefined,
): Pick<BotRow, 'webhookUrl' | 'webhookHint'> {
  if (path === undefined || address === undefined) return {};
  return {
    webhookUrl: `${address}${path}`,
    ...(isInside(address) && { webhookHint: insideOnly }),
  };
}

/** Whether an address cannot mean this computer to anybody outside. */
function isInside(address: string): boolean {
  const host = new URL(address).hostname.replaceAll(/[[\]]/gu, '');
  if (host === 'localhost') return true;
  return (
    isIP(host) > 0 &&
    /^(?:127\.|0\.0\.0\.0|10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|::1?$|f[cd])/u.test(host)
  );
}

const insideOnly: Bilingual = {
  en: 'Platforms on the internet cannot reach this address: set `server.publicUrl` to the one they can.',
  zh: '互联网上的平台无法访问此地址：请把 `server.publicUrl` 设为外网可访问的地址。',
};

async function tested(
  test: NonNullable<NotedBot['extras']['selfTest']>,
  clock: Clock,
): Promise<SelfTest> {
  const start = clock.monotonic();
  const steps = await stepsOf(test);
  return {
    passed: steps.every(({ passed }) => passed),
    steps,
    durationMs: Math.round(clock.monotonic() - start),
  };
}

async function stepsOf(
  test: NonNullable<NotedBot['extras']['selfTest']>,
): Promise<SelfTest['steps']> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<SelfTest['steps']>((resolve) => {
    timer = setTimeout(() => resolve([{ passed: false, text: tooLate }]), selfTestPatienceMs);
  });
  try {
    return await Promise.race([test(), late]);
  } catch (error) {
    return [{ passed: false, text: textOf(error) }];
  } finally {
    clearTimeout(timer);
  }
}

const tooLate: Bilingual = {
  en: 'The platform has not answered within 30 seconds.',
  zh: '平台在 30 秒内没有应答。',
};
