import { WebSocket } from 'ws';
import type { Bilingual } from '../../core/language.js';

/** What came of a look at the long connection. */
export interface ConnectionCheck {
  readonly result: 'pass' | 'fail';
  readonly advice: Bilingual;
}

const patienceMs = 10_000;

/**
 * Opens a connection to the platform and closes it again. It does not subscribe, which would throw
 * out the bot if that runs now; so the secret is not tried. Never rejects.
 */
export async function checkConnection(url: string): Promise<ConnectionCheck> {
  const socket = new WebSocket(url, { handshakeTimeout: patienceMs });
  const isOpen = await new Promise<boolean>((resolve) => {
    socket.once('open', () => resolve(true));
    socket.once('error', () => resolve(false));
  });
  socket.terminate();
  return isOpen ? { result: 'pass', advice: untried } : { result: 'fail', advice: unreachable };
}

const untried: Bilingual = {
  en: 'Whether botId and secret are right is in the log when the bot starts: trying them here would disconnect it.',
  zh: 'botId 与 secret 是否正确见启动日志：在此验证会使运行中的机器人掉线。',
};

const unreachable: Bilingual = {
  en: 'No connection: look at `url`, and whether a firewall lets WebSockets (wss, port 443) out.',
  zh: '无法连接：请检查 `url`，以及防火墙是否放行 WebSocket（wss，443 端口）。',
};
