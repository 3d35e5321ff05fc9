import { z } from 'zod';

/**
 * Fields of what an OpenIM server sends. Every one takes whatever comes, also nothing: a server that
 * waits for an answer gets one, whatever it sent.
 */
const anything = z.unknown().prefault(null);

/** A text; digits for a number; `""` for `null`, nothing and everything else. */
export const text = anything.transform(textOf);

/** As `text`, but absent for `null` and nothing: in changes these mean "stays as it is". */
export const change = anything.transform((value) =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : undefined,
);

/** A whole number, also as digits in a text; absent for everything else. */
export const integer = anything.transform(integerOf);

/**
 * A whole number of up to 64 bits, as digits: a double is exact up to 53. `""` for everything else.
 * Numbers that a double cannot hold arrive here as text (`parseBody`).
 */
export const int64 = anything.transform((value) => {
  const digits = textOf(value).trim();
  return /^-?\d{1,20}$/u.test(digits) ? digits : '';
});

/**
 * A small number that Go has turned into a character (`string(2)` is U+0002). The documentation
 * shows a plain number, which is fine too.
 */
export const characterNumber = anything.transform((value) =>
  typeof value === 'string' && /^\p{Cc}$/u.test(value) ? value.codePointAt(0) : integerOf(value),
);

/** True or false; absent for everything else. */
export const flag = anything.transform((value) => (typeof value === 'boolean' ? value : undefined));

/** Ids: Go sends `null` for none, documents of old a single text. Empty ones are left out. */
export const ids = anything.transform((value): readonly string[] =>
  (Array.isArray(value) ? value : [value]).map(textOf).filter((id) => id !== ''),
);

/** Objects of one kind; `null` is none, and what is no object is left out. */
export function list<Shape extends z.ZodRawShape>(shape: Shape) {
  const item = z.object(shape);
  return anything.transform((value): readonly z.output<typeof item>[] =>
    (Array.isArray(value) ? value : []).flatMap((each) => {
      const parsed = item.safeParse(each);
      return parsed.success ? [parsed.data] : [];
    }),
  );
}

/** One object; absent for everything else. */
export function part<Shape extends z.ZodRawShape>(shape: Shape) {
  const item = z.object(shape);
  return anything.transform((value): z.output<typeof item> | undefined =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? item.safeParse(value).data
      : undefined,
  );
}

/** A number, also as text; absent for everything else. */
export const decimal = anything.transform((value) => {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
});

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' ? String(value) : '';
}

function integerOf(value: unknown): number | undefined {
  const number =
    typeof value === 'string' && /^\s*-?\d{1,16}\s*$/u.test(value) ? Number(value) : value;
  return Number.isSafeInteger(number) ? (number as number) : undefined;
}
