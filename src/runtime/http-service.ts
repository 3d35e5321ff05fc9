import type { ServedAt } from '../adapters/self-tests.js';
import { adminServer, hasOwnAdmin, sharedPortAdvice } from '../config/admin-server.js';
import type { ServerConfig } from '../config/config.js';
import type { ServerSettings } from '../config/load-server.js';
import type { Logger } from '../core/logger.js';
import { reachedAt } from '../server/reached-at.js';
import { createRoutes, type Routes } from '../server/routes.js';
import { createListening, type Listened } from './listening.js';

/** The HTTP listeners of a runtime, which may have to move: one for all, or one for operators beside it. */
export interface HttpService {
  /** What platforms and chats reach: webhooks and files. Parts may be added at any time. */
  readonly routes: Routes;
  /** What operators alone reach where `admin` is a listener of its own; else it is on the one port. */
  readonly admin: Routes;
  /**
   * Listens where the settings say, or nowhere when nobody wants a server; what listened elsewhere
   * is closed. Resolves when that is done, or the log says why it is not; one call after the other.
   */
  serve(settings: ServerSettings): Promise<void>;
  /**
   * A server is wanted from now on, whatever else the settings say. Resolves with the address under
   * which the outside reaches it; `undefined` when there is none. Never rejects.
   */
  want(): Promise<string | undefined>;
  /** The same for operators and the console. */
  wantAdmin(): Promise<string | undefined>;
  /** The address that `want` resolves with, while there is a server. */
  address(): string | undefined;
  /**
   * How this machine reaches the server, and how the outside does: as it listens, or as it would
   * by these settings.
   */
  servedAt(settings: ServerConfig): ServedAt;
  /** Never rejects. */
  close(): Promise<void>;
}

/** Listens nowhere yet. `isVerbose` is asked whether every request is to be logged. */
export function createHttpService(logger: Logger, isVerbose: () => boolean): HttpService {
  const log = { logger, isWanted: isVerbose };
  const [open, admin] = [createRoutes(log), createRoutes(log)];
  const whole = wholeOf(admin, open);
  const [first, second] = [createListening(logger), createListening(logger)];
  const advise = createAdviser(logger);
  let settings: ServerSettings | undefined;
  let isWanted = false;
  let isAdminWanted = false;
  const update = async () => {
    const places = settings && placesOf(settings, { isWanted, isAdminWanted });
    const served = { all: whole, public: open, admin };
    const next = [places?.first, places?.second].map(
      (place) => place && { place, served: served[place.parts] },
    );
    // Closed before anything is opened: one may take the place of the other.
    await Promise.all([first.leave(next[0]), second.leave(next[1])]);
    await first.take(next[0]);
    await second.take(next[1]);
    advise(settings, isAdminWanted);
  };
  let work = Promise.resolve();
  const next = () => (work = work.then(update));
  const operators = () => (settings && hasOwnAdmin(settings) ? second : first);
  return {
    routes: { ...open, has: (path) => open.has(path) || admin.has(path) },
    admin,
    serve: async (latest) => {
      settings = latest;
      await next();
    },
    want: async () => {
      isWanted = true;
      await next();
      return first.address();
    },
    wantAdmin: async () => {
      isAdminWanted = true;
      await next();
      return operators().address();
    },
    address: () => first.address(),
    servedAt: (server) => servedAt(server, first.port()),
    close: async () => {
      await work;
      await Promise.all([first.close(), second.close()]);
    },
  };
}

/** Both on one port; what is for operators comes first. */
function wholeOf(admin: Routes, open: Routes): Listened['served'] {
  return {
    fetch: (request, env) => (admin.serves(request.url) ? admin : open).fetch(request, env),
    ready: (path) => (admin.has(path) ? admin : open).ready(path),
  };
}

function servedAt({ host, port, publicUrl }: ServerConfig, taken: number | undefined): ServedAt {
  const origin = reachedAt(host, taken ?? port);
  return { origin, ...(publicUrl !== undefined && { publicUrl }) };
}

/** Warns once of what operators alone should reach. */
function createAdviser(logger: Logger) {
  let isAdvised = false;
  return (settings: ServerSettings | undefined, hasConsole: boolean) => {
    const advice = settings && sharedPortAdvice({ ...settings, console: { enabled: hasConsole } });
    if (isAdvised || advice === undefined) return;
    isAdvised = true;
    logger.warn({ en: `One port: ${advice.en}.`, zh: `共用端口：${advice.zh}。` });
  };
}

/** Where to listen, with what. */
interface Places {
  readonly first?: Listened['place'];
  /** For operators, where they have a listener of their own. */
  readonly second?: Listened['place'];
}

function placesOf(
  settings: ServerSettings,
  { isWanted, isAdminWanted }: { readonly isWanted: boolean; readonly isAdminWanted: boolean },
): Places {
  const { server, metrics } = settings;
  const hasMetrics = metrics.enabled;
  if (!hasOwnAdmin(settings)) {
    const isServed = isWanted || isAdminWanted || hasMetrics;
    return isServed ? { first: { where: server, parts: 'all', hasMetrics } } : {};
  }
  const second = { where: adminServer(settings), parts: 'admin', hasMetrics } as const;
  const isOpen = isWanted && { first: { where: server, parts: 'public', hasMetrics } as const };
  return { ...isOpen, second };
}
