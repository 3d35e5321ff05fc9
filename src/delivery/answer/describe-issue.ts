import type { z } from 'zod';

/**
 * Where and how a value breaks its schema, e.g. `.replies[2].url: invalid_format`.
 * Never anything of the value itself: it may be the text of a chat.
 */
export function describeIssue(error: z.ZodError): string {
  const issue = error.issues[0];
  if (issue === undefined) return '';
  const path = issue.path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`));
  const what = issue.code === 'custom' ? issue.message : issue.code;
  return `${path.join('')}: ${what}`;
}
