import { z } from 'zod';
import { expected } from '../../core/expectation.js';
import type { Entry, NamePattern } from '../../core/rule.js';
import { keys, text } from '../../core/schema-values.js';

const knownFlags = /^[imsu]*$/u;

/** A name: the same text, or `/regular expression/flags`. Whether it compiles is not checked here. */
const pattern = text.transform((value, context): NamePattern => {
  const found = /^\/(?<source>.+)\/(?<flags>[a-z]*)$/su.exec(value)?.groups;
  if (!found) return { kind: 'text', text: value };
  const { source = '', flags = '' } = found;
  if (!knownFlags.test(flags) || new Set(flags).size !== flags.length) {
    context.addIssue({
      code: 'custom',
      message: expected(
        'a regular expression with flags out of i, m, s, u',
        '标志仅限 i、m、s、u 的正则表达式',
      ),
    });
  }
  return { kind: 'regex', source, flags };
});

const optionalPattern = pattern.exactOptional();

const id = text
  .refine((value) => !/^\/.+\/[a-z]*$/su.test(value), {
    error: expected(
      'an id; a regular expression belongs to a name: {name: /…/}',
      'ID；正则表达式应写在名称里：{name: /…/}',
    ),
  })
  .transform((value): Entry => ({ kind: 'id', id: value }));

/** The ways to name somebody or something besides its id. */
type Naming = 'name' | 'alias' | 'topic';

/** A list of at least one entry: ids as text, or one of the given namings. */
export function entries(...namings: readonly [Naming, ...Naming[]]) {
  const forms = namings.map((naming) => `{${naming}: …}`);
  const error = expected(`an id or ${forms.join(' or ')}`, `ID 或 ${forms.join(' 或 ')}`);
  const shape: { [Each in Naming]?: typeof optionalPattern } = Object.fromEntries(
    namings.map((naming) => [naming, optionalPattern]),
  );
  const named = keys(shape).transform((found, context): Entry => {
    // The keys of the shape are not known to the type, only that each holds a pattern.
    const value = found as { readonly [Each in Naming]?: NamePattern };
    if (context.issues.length > 0) return z.NEVER;
    const [kind, ...more] = namings.filter((naming) => value[naming] !== undefined);
    const only = kind && value[kind];
    if (only && more.length === 0) return { kind, pattern: only };
    context.addIssue({ code: 'custom', message: error });
    return z.NEVER;
  });
  return z.array(z.union([id, named], { error })).min(1);
}
