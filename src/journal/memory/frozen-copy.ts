/**
 * A copy that nobody can change any more, so that it can be handed out again and again without
 * copying. For plain data: objects, lists and what JSON knows.
 */
export function frozenCopy<T>(value: T): T {
  return copy(value) as T;
}

function copy(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return Object.freeze(value.map(copy));
  // Entries define properties, they do not assign them: a key `__proto__` stays a plain key.
  return Object.freeze(
    Object.fromEntries(Object.entries(value).map(([key, part]) => [key, copy(part)])),
  );
}
