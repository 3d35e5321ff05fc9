import { CallbackError } from '../../../core/errors.js';
import type { Transport } from '../../shared/client/transport.js';
import { unavailable, unreachable } from './api-error.js';

/** 25 MB. */
const maxBytes = 25 * 1024 * 1024;
const timeoutMs = 60_000;

/**
 * Fetches a file that a message names. Whoever sent the message wrote the address, so only origins
 * that the operator named are asked, and no redirect is followed.
 *
 * @throws CallbackError `wildfire-file-not-allowed`; WildfireApiError
 */
export async function downloadFile(
  transport: Transport,
  url: string,
  origins: ReadonlySet<string>,
): Promise<Buffer> {
  const origin = URL.canParse(url) ? new URL(url).origin : '';
  if (!origins.has(origin)) throw notAllowed(origin);
  const answer = await transport.request({ method: 'GET', url, timeoutMs, maxBytes });
  if (answer.kind === 'failure') throw unreachable('file', answer);
  if (answer.status !== 200) throw unavailable('file', answer.status);
  return answer.body;
}

function notAllowed(origin: string): CallbackError {
  return new CallbackError('wildfire-file-not-allowed', {
    text: {
      en: `A file lies at ${origin || 'an address that is none'}, which the option \`files\` does not name.`,
      zh: `文件位于 ${origin || '无效的地址'}，选项 \`files\` 未包含该来源。`,
    },
  });
}
