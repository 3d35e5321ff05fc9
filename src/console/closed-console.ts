import { Hono } from 'hono';
import { type NonceVariables, securityHeaders } from './access/security-headers.js';
import { refuse } from './api/failures.js';
import { plainPage } from './page/plain-page.js';

/** Long enough for nobody to be disturbed, short enough to see that the file is mended. */
const reloadAfterS = 5;

const zh = '规则无法使用，详情见日志。修好规则文件后，控制台会自动打开。';
const en =
  'The rules cannot be used; the log says why. The console opens by itself once their file is mended.';

/**
 * Stands at `consolePath` while the rules cannot be used. Says that and no more: there is no login yet,
 * and what is wrong with the rules is not for everybody.
 */
export function closedConsole(): Hono {
  const app = new Hono<{ Variables: NonceVariables }>();
  app.use(securityHeaders);
  app.all('/api/*', (context) => refuse(context, 503, 'unavailable', { text: { en, zh } }));
  app.all('*', (context) => {
    const page = plainPage({
      nonce: context.var.nonce,
      reloadAfterS,
      zh: { title: '控制台尚未打开', text: zh },
      en: { title: 'The console is not open yet', text: en },
    });
    return context.html(page, 503);
  });
  return app as unknown as Hono;
}
