/** A value, or the promise of it where something must be asked first. */
export type Known<T> = T | Promise<T>;

/** Makes something of two values: at once when both are known. */
export function onceKnown<A, B, T>(
  one: Known<A>,
  other: Known<B>,
  make: (a: A, b: B) => T,
): Known<T> {
  if (!(one instanceof Promise) && !(other instanceof Promise)) return make(one, other);
  return Promise.all([one, other]).then(([a, b]) => make(a, b));
}
