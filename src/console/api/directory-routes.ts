import { z } from 'zod';
import { type ConsoleContext, createPart, type Part } from './console-context.js';
import { type DirectoryEntry, type DirectoryPage, directoryQuery } from './contract.js';
import { consoleError, parsed } from './failures.js';
import { searchText } from './search-text.js';

const kinds = z.enum(['contacts', 'rooms', 'tags']);

/** Whom and what rules may name. */
export function directoryRoutes({ bots }: ConsoleContext): Part {
  const app = createPart();
  app.get('/directory/:kind', async (context) => {
    const kind = kinds.safeParse(context.req.param('kind'));
    if (!kind.success) throw consoleError('not-found');
    const { search = '', bot, limit, cursor = '0' } = parsed(directoryQuery, context.req.query());
    const { entries, notes } = await bots.directory(kind.data);
    const wanted = searchText(search).trim();
    const found = entries.filter(
      (entry) => (bot === undefined || entry.botId === bot) && isFound(entry, wanted),
    );
    const start = Math.max(0, Number(cursor) || 0);
    const end = start + limit;
    const page: DirectoryPage = {
      items: found.slice(start, end),
      ...(end < found.length && { next: String(end) }),
      total: found.length,
      notes,
    };
    return context.json(page);
  });
  return app;
}

function isFound({ id, name, alias = '' }: DirectoryEntry, wanted: string): boolean {
  return wanted === '' || searchText(`${name}\n${alias}\n${id}`).includes(wanted);
}
