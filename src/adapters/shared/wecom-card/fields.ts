import { z } from 'zod';
import { expected } from '../../../core/expectation.js';

const needed = { error: expected('text, not blank', '非空文本') };

/** Text that is not blank. */
export const text = z.string(needed).regex(/\S/u, needed);

/** Text of at most `max` bytes of UTF-8, not blank. */
export function bytes(max: number) {
  const error = expected(`at most ${max} bytes of UTF-8`, `至多 ${max} 字节（UTF-8）`);
  return text.refine((value) => Buffer.byteLength(value) <= max, { error });
}

/** An http(s) address; WeCom takes 2,048 bytes and wants the scheme (D90236). */
export const address = bytes(2048).regex(/^https?:\/\//iu, {
  error: expected(
    'an address that begins with http:// or https://',
    '以 http:// 或 https:// 开头的地址',
  ),
});

/** A list of `min` to `max` entries. */
export function list<T extends z.ZodType>(entry: T, min: number, max: number) {
  const error = expected(`a list of ${min} to ${max} entries`, `${min} 至 ${max} 项的列表`);
  return z.array(entry, { error }).min(min, { error }).max(max, { error });
}

/** The same, and no two entries with the same value of a field. */
export function listOf<T extends z.ZodType<object>>(
  entry: T,
  [min, max]: readonly [number, number],
  unique: string,
) {
  const error = expected(`different values of ${unique}`, `${unique} 各不相同`);
  return list(entry, min, max).refine(
    (entries) => new Set(entries.map((one) => Reflect.get(one, unique))).size === entries.length,
    { error },
  );
}

/** One of a few numbers. */
export function oneOf<const T extends readonly number[]>(...values: T) {
  const error = expected(`one of ${values.join(', ')}`, `${values.join('、')} 之一`);
  return z.literal(values, { error });
}

/** True or false. */
export const truth = z.boolean({ error: expected('true or false', 'true 或 false') });
