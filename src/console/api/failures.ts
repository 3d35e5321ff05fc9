import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { z } from 'zod';
import { CallbackError, isCallbackError } from '../../core/errors.js';
import type { Bilingual } from '../../core/language.js';
import { type Problem, ProblemsError } from '../../core/problem.js';
import type { Failure, FieldProblem } from './contract.js';

/** What is said for a code unless something more exact is known. */
const texts: Readonly<Record<string, Bilingual>> = {
  'no-session': { en: 'Please log in.', zh: '请先登录。' },
  'wrong-password': { en: 'Wrong password.', zh: '密码错误。' },
  'too-many-attempts': {
    en: 'Too many attempts: wait before the next one.',
    zh: '尝试次数过多：请稍后再试。',
  },
  'foreign-request': {
    en: 'The request does not come from the console itself. Behind a proxy set `server.publicUrl`, or `admin.publicUrl` where there is `admin`.',
    zh: '请求并非来自控制台页面。如经过反向代理，请设置 `server.publicUrl`；配置了 `admin` 时设置 `admin.publicUrl`。',
  },
  'invalid-request': { en: 'The request is not understood.', zh: '无法理解该请求。' },
  'not-found': { en: 'There is no such thing (any more).', zh: '不存在，或已被删除。' },
  'too-large': { en: 'The request is too large.', zh: '请求过大。' },
  internal: {
    en: 'A defect in wechaty-callback; the log has more. Please report it.',
    zh: 'wechaty-callback 内部错误，详见日志；请报告。',
  },
};

/** How a failure is told besides its code. */
export interface RefusalDetails {
  readonly text?: Bilingual;
  readonly problems?: readonly FieldProblem[];
  readonly retryAfterMs?: number;
}

/** Answers with a failure. */
export function refuse(
  context: Context,
  status: ContentfulStatusCode,
  code: string,
  { text, problems, retryAfterMs }: RefusalDetails = {},
): Response {
  const { en, zh } = text ?? texts[code] ?? { en: code, zh: code };
  const failure: Failure = {
    error: {
      code,
      en,
      zh,
      ...(problems && { problems }),
      ...(retryAfterMs !== undefined && { retryAfterMs }),
    },
  };
  if (retryAfterMs !== undefined) {
    context.header('retry-after', String(Math.ceil(retryAfterMs / 1000)));
  }
  return context.json(failure, status);
}

/** The statuses of the codes that the console's own parts throw. */
const statuses: Readonly<Record<string, ContentfulStatusCode>> = {
  'config-invalid': 422,
  'file-changed': 409,
  'not-editable': 409,
  'not-writable': 409,
  'nothing-to-undo': 409,
  unavailable: 409,
  'not-found': 404,
  'invalid-request': 400,
  'too-large': 413,
};

/** Answers with an error of ours in its own words; of any other nothing is told but that it happened. */
export function refuseError(context: Context, error: unknown): Response {
  if (error instanceof ProblemsError) {
    const problems = error.problems.map(fieldProblem);
    return refuse(context, 422, error.code, { text: error.text, problems });
  }
  if (!isCallbackError(error)) return refuse(context, 500, 'internal');
  return refuse(context, statuses[error.code] ?? 500, error.code, { text: error.text });
}

/** An error of the console with the text of its code, or a more exact one. */
export function consoleError(code: string, text?: Bilingual, cause?: unknown): CallbackError {
  return new CallbackError(code, {
    text: text ?? texts[code] ?? { en: code, zh: code },
    ...(cause !== undefined && { cause }),
  });
}

/** A problem as the page shows it beside its field. */
export function fieldProblem({ text, path, rule, line }: Problem): FieldProblem {
  const isInRule = path[0] === 'rules' && typeof path[1] === 'number';
  return {
    text,
    path,
    ...(isInRule && { field: path.slice(2) }),
    ...(rule !== undefined && { rule }),
    ...(line !== undefined && { line }),
  };
}

/**
 * What a request holds, as the contract says it.
 *
 * @throws CallbackError `invalid-request`
 */
export function parsed<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const places = result.error.issues.map(({ path }) => path.join('.') || 'body').join(', ');
  throw consoleError('invalid-request', {
    en: `The request is not understood: ${places}. Load the page again; it may be older than the program.`,
    zh: `无法理解该请求：${places}。请刷新页面，页面版本可能与程序不一致。`,
  });
}

/** The JSON of a body; `invalid-request` when it is none. */
export async function bodyOf<Schema extends z.ZodType>(
  context: Context,
  schema: Schema,
): Promise<z.output<Schema>> {
  let value: unknown;
  try {
    value = await context.req.json();
  } catch {
    throw consoleError('invalid-request');
  }
  return parsed(schema, value);
}
