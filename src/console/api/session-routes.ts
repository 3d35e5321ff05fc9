import { type Context, Hono } from 'hono';
import { deleteCookie, setCookie } from 'hono/cookie';
import { adminServer } from '../../config/admin-server.js';
import type { Login } from '../access/access.js';
import { clientAddress } from '../access/client-address.js';
import { type Guarded, sessionCookie } from '../access/guard.js';
import { whyReadOnly } from '../rules/rule-file.js';
import { type ConsoleContext, createPart, type Part } from './console-context.js';
import { consolePath, loginBody, passwordBody, type Session } from './contract.js';
import { bodyOf, refuse } from './failures.js';

/** The cookie outlives no browser for longer than the session can last, in s. */
const cookieSeconds = 7 * 24 * 60 * 60;

/** `POST /login`: the one route without a session. */
export function loginRoutes(parts: ConsoleContext): Hono {
  const { access, audit, rules } = parts;
  const app = new Hono();
  app.post('/login', async (context) => {
    const { password } = await bodyOf(context, loginBody);
    const address = clientAddress(context, adminServer(rules.config()).trustProxy);
    const login = await access.login(password, address);
    if (login.kind !== 'passed') return refused(parts, context, login);
    setCookie(context, sessionCookie, login.token, {
      httpOnly: true,
      sameSite: 'Strict',
      path: consolePath,
      secure: isSecure(context, parts),
      maxAge: cookieSeconds,
    });
    audit(context, { en: 'somebody logged in.', zh: '已登录。' });
    const expiresAt = (await access.sessions.use(login.token))?.expiresAt ?? 0;
    return context.json(sessionOf(parts, expiresAt));
  });
  return app;
}

function refused(
  { audit }: ConsoleContext,
  context: Context,
  login: Exclude<Login, { kind: 'passed' }>,
): Response {
  if (login.kind === 'wait') {
    return refuse(context, 429, 'too-many-attempts', { retryAfterMs: login.ms });
  }
  audit(context, { en: 'a wrong password was tried.', zh: '有人尝试了错误的密码。' });
  return refuse(context, 401, 'wrong-password');
}

/** The session and its password. */
export function sessionRoutes(parts: ConsoleContext): Part {
  const { access, audit } = parts;
  const app = createPart();
  app.get('/session', (context) => context.json(sessionOf(parts, context.var.session.expiresAt)));
  app.post('/logout', async (context: Context<Guarded>) => {
    await access.sessions.end(context.var.token);
    deleteCookie(context, sessionCookie, { path: consolePath });
    audit(context, { en: 'somebody logged out.', zh: '已退出登录。' });
    return context.json({});
  });
  app.post('/password', async (context) => {
    const passwords = await bodyOf(context, passwordBody);
    const address = clientAddress(context, adminServer(parts.rules.config()).trustProxy);
    const change = await access.change(passwords, context.var.token, address);
    if (change.kind !== 'passed') return refused(parts, context, change);
    audit(context, { en: 'the password was changed.', zh: '密码已修改。' });
    return context.json({});
  });
  return app;
}

function sessionOf({ version, rules, bots, observer }: ConsoleContext, expiresAt: number): Session {
  const readOnly = whyReadOnly(rules.file);
  return {
    expiresAt,
    version,
    private: rules.config().console.private,
    history: observer.history !== undefined,
    chat: bots.chat() !== undefined,
    ...(rules.file !== undefined && { file: rules.file }),
    ...(readOnly && { readOnly }),
  };
}

/** Whether the browser came over TLS, which ends at a proxy: this server itself speaks none. */
function isSecure(context: Context, { rules }: ConsoleContext): boolean {
  const { publicUrl, trustProxy } = adminServer(rules.config());
  if (trustProxy && context.req.header('x-forwarded-proto') === 'https') return true;
  const host = context.req.header('host');
  return publicUrl?.startsWith('https:') === true && new URL(publicUrl).host === host;
}
