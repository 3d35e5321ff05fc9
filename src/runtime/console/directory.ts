import type { DirectoryEntry, DirectoryKind } from '../../console/api/contract.js';
import type { BotsPort } from '../../console/ports.js';
import type { Clock } from '../../core/clock.js';
import type { Bilingual } from '../../core/language.js';
import { runInTask } from '../../core/task-scope.js';
import type { BotBoard, NotedBot } from './bot-board.js';

type Listed = Awaited<ReturnType<BotsPort['directory']>>;

/** Names change seldom, and some platforms are slow to tell them. */
const keptMs = 60_000;
/** An account with more is no account of a person. */
const maxEntries = 20_000;
/** Names asked for at the same time. */
const asked = 50;

/** Lists what the bots know. A list is asked of the platforms at most once a minute. */
export function createDirectory(board: BotBoard, clock: Clock): BotsPort['directory'] {
  const known = new Map<
    DirectoryKind,
    { readonly until: number; readonly listed: Promise<Listed> }
  >();
  return async (kind) => {
    const now = clock.monotonic();
    const found = known.get(kind);
    if (found !== undefined && found.until > now) return await found.listed;
    const listed = listAll(board, kind);
    known.set(kind, { until: now + keptMs, listed });
    return await listed;
  };
}

async function listAll(board: BotBoard, kind: DirectoryKind): Promise<Listed> {
  const bots = board.list();
  const lists = await Promise.all(
    bots.map(async (noted): Promise<Listed> => {
      if (!noted.online) return { entries: [], notes: [offline(noted)] };
      try {
        // What the platform reports meanwhile is a consequence of the asking.
        return { entries: await runInTask(() => listers[kind](noted)), notes: [] };
      } catch {
        return { entries: [], notes: [silent(noted)] };
      }
    }),
  );
  const entries = lists.flatMap((list) => list.entries);
  return {
    entries: entries.toSorted((one, other) => collator.compare(one.name, other.name)),
    notes: lists.flatMap(({ notes }) => notes),
  };
}

const collator = new Intl.Collator('zh');

type Lister = (noted: NotedBot) => Promise<readonly DirectoryEntry[]>;

const listers: Readonly<Record<DirectoryKind, Lister>> = {
  contacts: async ({ bot, id: botId = '' }) => {
    const ids = await bot.puppet.contactList();
    return await eachOf(ids, async (id) => {
      const { name, alias } = await bot.puppet.contactPayload(id);
      return { id, name, botId, ...(alias && { alias }) };
    });
  },
  rooms: async ({ bot, id: botId = '' }) => {
    const ids = await bot.puppet.roomList();
    return await eachOf(ids, async (id) => {
      const { topic } = await bot.puppet.roomPayload(id);
      return { id, name: topic, botId };
    });
  },
  tags: async ({ bot, id: botId = '' }) => {
    const tags = await bot.puppet.tagContactList();
    return tags.slice(0, maxEntries).map((tag) => ({ id: tag, name: tag, botId }));
  },
};

/** Reads the entries some at a time; one that cannot be read is called by its id. */
async function eachOf(
  ids: readonly string[],
  read: (id: string) => Promise<DirectoryEntry>,
): Promise<readonly DirectoryEntry[]> {
  const entries: DirectoryEntry[] = [];
  const all = ids.slice(0, maxEntries);
  for (let start = 0; start < all.length; start += asked) {
    const some = all.slice(start, start + asked).map(async (id) => {
      try {
        return await read(id);
      } catch {
        return { id, name: id, botId: '' };
      }
    });
    entries.push(...(await Promise.all(some)));
  }
  return entries;
}

function nameOf({ name, id, platform }: NotedBot): string {
  return name ?? id ?? platform;
}

function offline(noted: NotedBot): Bilingual {
  const name = nameOf(noted);
  return { en: `${name} is not logged in.`, zh: `${name} 未登录。` };
}

function silent(noted: NotedBot): Bilingual {
  const name = nameOf(noted);
  return { en: `${name} cannot list them.`, zh: `${name} 无法列出。` };
}
