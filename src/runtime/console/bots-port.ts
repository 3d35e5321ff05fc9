import { isIP } from 'node:net';
import type { ServedAt } from '../../adapters/self-tests.js';
import type { BotRow } from '../../console/api/contract.js';
import type { BotsPort } from '../../console/ports.js';
import type { Clock } from '../../core/clock.js';
import type { Bilingual } from '../../core/language.js';
import type { BotBoard, NotedBot } from './bot-board.js';
import { createDirectory } from './directory.js';
import { canTest, selfTest } from './self-test.js';

/** How the server is reached; `undefined` while there is none. */
export type Address = () => string | undefined;

/** What the bots of a program are shown with. */
export interface BotsPortParts {
  readonly board: BotBoard;
  readonly address: Address;
  /** Where webhooks are served, as this machine and as the outside reaches them. */
  readonly servedAt: () => ServedAt;
  readonly clock: Clock;
}

/** The bots as the console sees them. */
export function botsPort({ board, address, servedAt, clock }: BotsPortParts): BotsPort {
  return {
    list: () => board.list().map((noted) => rowOf(noted, address())),
    selfTest: async (key) => {
      const settings = board
        .list()
        .find((noted) => noted.key === key)
        ?.extras.settings?.();
      return settings && (await selfTest(settings, servedAt(), clock));
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
    canSelfTest: canTest(extras.settings?.()),
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
