import { CallbackError } from '../core/errors.js';
import type { Bilingual } from '../core/language.js';

/** The key of the configuration that says where a server listens. */
export type ServerSection = 'server' | 'admin';

/**
 * An error for an address that cannot be listened on: `port-in-use`, or `listen-failed`.
 *
 * @param section what has to be changed
 */
export function listenError(
  address: string,
  cause: unknown,
  section: ServerSection,
): CallbackError {
  const code = (cause as NodeJS.ErrnoException).code ?? 'unknown';
  if (code === 'EADDRINUSE') {
    return new CallbackError('port-in-use', {
      text: {
        en: `${address} is in use by another program: set \`${section}.port\` to a free port (0 takes any).`,
        zh: `${address} 已被其他程序占用：请把 \`${section}.port\` 改为空闲端口（0 表示任意端口）。`,
      },
      cause,
    });
  }
  const hint = hints[code]?.(section) ?? { en: '', zh: '' };
  return new CallbackError('listen-failed', {
    text: {
      en: `Cannot listen on ${address} (${code}).${hint.en}`,
      zh: `无法监听 ${address}（${code}）。${hint.zh}`,
    },
    cause,
  });
}

const noSuchHost = (section: ServerSection): Bilingual => ({
  en: ` \`${section}.host\` is no address of this computer; 127.0.0.1 and 0.0.0.0 always are.`,
  zh: `\`${section}.host\` 不是本机地址；127.0.0.1 和 0.0.0.0 总是可用。`,
});

const hints: Readonly<Record<string, (section: ServerSection) => Bilingual>> = {
  EACCES: () => ({
    en: ' Ports below 1024 need more rights: choose a higher one.',
    zh: '1024 以下的端口需要更高权限：请换用更大的端口。',
  }),
  EADDRNOTAVAIL: noSuchHost,
  ENOTFOUND: noSuchHost,
};
