import { z } from 'zod';
import { expected } from '../../core/expectation.js';
import { trimEndOf } from '../../core/text/trim-end.js';

/** Paths that the server needs itself. */
const own = new Set(['/healthz', '/metrics']);

/** The path of a webhook; no slash at its end afterwards. */
export const webhookPath = z.string().transform((value, context) => {
  const path = value.charAt(0) + trimEndOf(value.slice(1), '/');
  if (/^\/[\w.~/-]*$/u.test(path) && !path.includes('//') && !own.has(path)) return path;
  context.addIssue({
    code: 'custom',
    message: expected(
      'a path such as /wecom (letters, digits and . _ ~ - /), other than /healthz and /metrics',
      '路径，例如 /wecom（字母、数字及 . _ ~ - /），不能是 /healthz 或 /metrics',
    ),
  });
  return z.NEVER;
});
