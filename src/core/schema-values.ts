import { z } from 'zod';
import { allowedKeys, expected } from './expectation.js';

/** An object with exactly these keys; the issue of an unknown key carries those that are allowed. */
export function keys<Shape extends z.core.$ZodLooseShape>(shape: Shape) {
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === 'unrecognized_keys' ? allowedKeys(Object.keys(shape)) : undefined,
  });
}

const blank = /^[\s\p{Cf}]*$/u;

/** Text with something visible in it. */
export const text = z.string().refine((value) => !blank.test(value), {
  error: expected('text that is not blank', '非空白的文本'),
});

/** True or false; `"true"` and `"false"` too, because the environment holds nothing but text. */
export const flag = fromText(
  z.boolean({ error: expected('true or false', 'true 或 false') }),
  (value) => ({ true: true, false: false })[value],
);

/** A whole number in a range, also as digits in text (from the environment). */
export function count(min: number, max: number) {
  const error = expected(`a whole number from ${min} to ${max}`, `${min} 到 ${max} 之间的整数`);
  return fromText(z.int({ error }).min(min, { error }).max(max, { error }), numberOf);
}

/** A number from 0 to 1, also as text (from the environment). */
export const share = (() => {
  const error = expected('a number from 0 to 1', '0 到 1 之间的数');
  return fromText(z.number({ error }).min(0, { error }).max(1, { error }), numberOf);
})();

/** One item, or a list of at least one: always a list afterwards. */
export function oneOrMore<Item extends z.ZodType>(item: Item) {
  return z
    .union([item, z.array(item).min(1)])
    .transform((value) => (Array.isArray(value) ? value : [value]) as z.output<Item>[]);
}

/** Text for text: what headers and variables are. */
export const textMap = z.record(z.string(), z.string());

function numberOf(value: string): number | undefined {
  return /^-?\d+(?:\.\d+)?$/u.test(value) ? Number(value) : undefined;
}

function fromText<Output>(schema: z.ZodType<Output, Output>, read: (value: string) => unknown) {
  const lenient = z.preprocess(
    (value) => (typeof value === 'string' ? (read(value) ?? value) : value),
    schema,
  );
  // Text is what `${NAME}` leaves behind; in code the value itself is written.
  return lenient as unknown as z.ZodType<Output, Output>;
}
