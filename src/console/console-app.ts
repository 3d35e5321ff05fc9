import { Hono } from 'hono';
import { adminServer } from '../config/admin-server.js';
import { createAccess } from './access/access.js';
import { createAudit } from './access/audit.js';
import { bodyBound } from './access/body-bound.js';
import { feedPosition, foreignRequestGuard, type Guarded, sessionGuard } from './access/guard.js';
import { hostGuard } from './access/host-guard.js';
import { type NonceVariables, securityHeaders } from './access/security-headers.js';
import { chatLines } from './api/chat-lines.js';
import type { ConsoleContext } from './api/console-context.js';
import { directoryRoutes } from './api/directory-routes.js';
import { eventRoutes } from './api/event-routes.js';
import { refuse, refuseError } from './api/failures.js';
import { healthRoutes } from './api/health-routes.js';
import { liveRoutes } from './api/live-routes.js';
import { ruleRoutes } from './api/rule-routes.js';
import { loginRoutes, sessionRoutes } from './api/session-routes.js';
import { taskRoutes } from './api/task-routes.js';
import { chatRoutes, trialRoutes } from './api/trial-routes.js';
import { logDefect } from './log-defect.js';
import { tellNews } from './observe/tell-news.js';
import { builtPage } from './page/page-files.js';
import { pageRoutes } from './page/page-routes.js';
import type { ConsolePorts } from './ports.js';
import { createRuleEditor } from './rules/rule-editor.js';

/** A console that is offered. */
export interface Console {
  /** To be added at `consolePath`. */
  readonly app: Hono;
  /** Ends what lasts, so that the server can close. */
  close(): void;
}

/** A thousand rules are less than this, in bytes. */
const maxBodyBytes = 2 * 1024 * 1024;
/** Of a stranger no more is read, in bytes. */
const maxLoginBytes = 16 * 1024;

/**
 * The console of one program: page and API. Makes a password at the first start.
 *
 * @param page the folder with the built page
 */
export async function createConsole(
  ports: ConsolePorts,
  page: string = builtPage,
): Promise<Console> {
  const closing = new AbortController();
  const access = createAccess(ports);
  await access.open();
  const parts: ConsoleContext = {
    ...ports,
    access,
    audit: createAudit(ports.logger, () => adminServer(ports.rules.config()).trustProxy),
    editor: createRuleEditor(ports),
    closing: closing.signal,
  };
  const stop = tellNews(ports);
  const app = new Hono<{ Variables: NonceVariables }>();
  app.use(securityHeaders);
  app.use(hostGuard(() => adminServer(ports.rules.config())));
  app.route('/api', apiRoutes(parts));
  app.route('/', pageRoutes(page, ports.passwordCommand));
  app.onError((error, context) => {
    logDefect(ports.logger, error);
    return refuseError(context, error);
  });
  return {
    app: app as unknown as Hono,
    close: () => {
      stop();
      closing.abort();
    },
  };
}

function apiRoutes(parts: ConsoleContext): Hono<Guarded> {
  const { access, rules } = parts;
  const api = new Hono<Guarded>();
  api.use(foreignRequestGuard(() => adminServer(rules.config()).publicUrl));
  api.use(async (_context, next) => {
    await access.refresh();
    await next();
  });
  api.use('/login', bodyBound(maxLoginBytes));
  api.route('/', loginRoutes(parts));
  // Whatever is added below needs a session; what does not exist needs one, too.
  api.use(sessionGuard(access.sessions));
  api.use(feedPosition(parts.observer.feed));
  api.use(bodyBound(maxBodyBytes));
  const chat = chatLines(parts);
  const guarded = [
    sessionRoutes(parts),
    ruleRoutes(parts),
    directoryRoutes(parts),
    trialRoutes(parts),
    chatRoutes(parts, chat),
    eventRoutes(parts),
    liveRoutes(parts),
    taskRoutes(parts),
    healthRoutes(parts),
  ];
  for (const part of guarded) api.route('/', part);
  api.all('*', (context) => refuse(context, 404, 'not-found'));
  return api;
}
