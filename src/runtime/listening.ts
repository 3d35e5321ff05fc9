import { isDeepStrictEqual } from 'node:util';
import type { ServerConfig } from '../config/config.js';
import { textOf } from '../core/errors.js';
import type { Bilingual } from '../core/language.js';
import type { Logger } from '../core/logger.js';
import { type HttpServer, startHttpServer } from '../server/http-server.js';
import type { Routes } from '../server/routes.js';

/** Where something is listened, and what is served there. */
export interface Listened {
  readonly place: {
    readonly where: ServerConfig;
    /** Everything, or what is for the platforms, or what is for operators. */
    readonly parts: 'all' | 'public' | 'admin';
    readonly hasMetrics: boolean;
  };
  readonly served: Pick<Routes, 'fetch' | 'ready'>;
}

/** One listener, which may have to move. Nothing rejects: the log says what cannot be had. */
export interface Listening {
  /** Closes what listens elsewhere than `next` wants. */
  leave(next: Listened | undefined): Promise<void>;
  /** Listens as `next` wants, unless it does already. */
  take(next: Listened | undefined): Promise<void>;
  /** How the outside reaches it, while it listens. */
  address(): string | undefined;
  /** The port that was really taken, while it listens. */
  port(): number | undefined;
  close(): Promise<void>;
}

/** Listens nowhere yet. */
export function createListening(logger: Logger): Listening {
  let place: Listened['place'] | undefined;
  let server: HttpServer | undefined;
  // A port that was in use is not asked for again with every reading of the rules.
  const isThere = (next: Listened | undefined) => isDeepStrictEqual(place, next?.place);
  const close = async () => {
    const open = server;
    server = undefined;
    await open?.close();
  };
  return {
    leave: async (next) => {
      if (!isThere(next)) await close();
    },
    take: async (next) => {
      if (isThere(next)) return;
      place = next?.place;
      server = next && (await start(next, logger));
    },
    address: () => server && (place?.where.publicUrl ?? server.origin),
    port: () => server?.port,
    close,
  };
}

async function start({ place, served }: Listened, logger: Logger): Promise<HttpServer | undefined> {
  const { where, parts } = place;
  try {
    const { host, port, maxConnections } = where;
    const options = { host, port, limits: { maxConnections, logger } };
    const server = await startHttpServer(served, options, parts === 'admin' ? 'admin' : 'server');
    logger.info(listening(server.origin, place));
    return server;
  } catch (error) {
    const text = textOf(error);
    logger.error({
      en: `No HTTP server${parts === 'admin' ? ' for operators' : ''}, the bot runs without it: ${text.en}`,
      zh: `${parts === 'admin' ? '运维 ' : ''}HTTP 服务未启动，机器人继续运行：${text.zh}`,
    });
    return undefined;
  }
}

function listening(origin: string, { parts, hasMetrics }: Listened['place']): Bilingual {
  if (parts === 'public') {
    return {
      en: `Listening on ${origin} (webhooks, /healthz without details).`,
      zh: `正在监听 ${origin}（webhook、无详情的 /healthz）。`,
    };
  }
  const more = hasMetrics ? { en: ', /metrics', zh: '、/metrics' } : { en: '', zh: '' };
  return parts === 'all'
    ? {
        en: `Listening on ${origin} (/healthz${more.en}).`,
        zh: `正在监听 ${origin}（/healthz${more.zh}）。`,
      }
    : {
        en: `Operators: ${origin} (/healthz${more.en}).`,
        zh: `运维地址：${origin}（/healthz${more.zh}）。`,
      };
}
