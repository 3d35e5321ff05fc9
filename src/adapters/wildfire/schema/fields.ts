import { z } from 'zod';

/**
 * A text. Gson leaves out what is null, and older clients write numbers: absent reads as `''`, a
 * number as its digits.
 */
export const text = z
  .union([z.string(), z.number(), z.null()])
  .optional()
  .transform((value) => (value === undefined || value === null ? '' : String(value)));

/** An id that must be there. Always a text. */
export const id = z.union([z.string(), z.number().int()]).transform(String).pipe(z.string().min(1));

/** A 64-bit number as its decimal digits; `''` when absent or 0, which Gson writes for "none". */
export const int64 = z
  .union([z.string(), z.number().refine(Number.isSafeInteger), z.null()])
  .optional()
  .transform((value) => (value === undefined || value === null ? '' : String(value)))
  .pipe(z.string().regex(/^(?:-?\d{1,19})?$/u))
  .transform((digits) => (digits === '0' ? '' : digits));

/** A number that fits in a double; 0 when absent, as a Java `int` is. */
export const integer = z
  .union([z.number().refine(Number.isSafeInteger), z.string().regex(/^-?\d{1,15}$/u), z.null()])
  .optional()
  .transform((value) => Number(value ?? 0));

/** True or false; false when absent. Some servers write 0 and 1. */
export const flag = z.union([z.boolean(), z.number(), z.null()]).optional().transform(Boolean);

/** A list of ids; absent and null are the empty list, one bare id is a list of one. */
export const ids = z.preprocess((value) => {
  if (value === undefined || value === null || value === '') return [];
  return Array.isArray(value) ? (value as unknown[]) : [value];
}, z.array(id));

/** A record in which one field has an old name; the present name wins when both are there. */
export function renamed<Shape extends z.ZodRawShape>(
  names: Readonly<Record<string, string>>,
  shape: Shape,
) {
  return z.preprocess((value) => rename(value, names), z.object(shape));
}

function rename(value: unknown, names: Readonly<Record<string, string>>): unknown {
  if (!isRecord(value)) return value;
  const known = new Map(Object.entries(value));
  for (const [old, present] of Object.entries(names)) {
    if (known.has(old) && !known.has(present)) known.set(present, known.get(old));
  }
  return Object.fromEntries(known);
}

/** True for an object that is no list. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
