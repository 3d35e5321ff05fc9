/** An object of keys and values, as a parser or an object literal makes it. */
export function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  // An object of another realm (a test runner's sandbox) has another Object.prototype.
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** A copy of an object without some of its keys. */
export function without<Shape extends object, Key extends keyof Shape>(
  value: Shape,
  ...keys: readonly Key[]
): Omit<Shape, Key> {
  const dropped = new Set<unknown>(keys);
  const kept = Object.entries(value).filter(([key]) => !dropped.has(key));
  return Object.fromEntries(kept) as unknown as Omit<Shape, Key>;
}

/** A place in plain data, from its top. */
export type Path = readonly (string | number)[];

/** Whether something stands at this path. */
export function hasAt(value: unknown, path: Path): boolean {
  return path.length === 0 || parentHas(valueAt(value, path.slice(0, -1)), path.at(-1));
}

/** What stands at this path; undefined when nothing does. */
export function valueAt(value: unknown, path: Path): unknown {
  let found = value;
  for (const part of path) {
    if (!parentHas(found, part)) return undefined;
    found = (found as Record<string | number, unknown>)[part];
  }
  return found;
}

function parentHas(value: unknown, part: string | number | undefined): boolean {
  return (
    part !== undefined && typeof value === 'object' && value !== null && Object.hasOwn(value, part)
  );
}

/** Freezes plain objects and lists all the way down; other objects are left as they are. */
export function deepFreeze<Value>(value: Value): Value {
  if (Array.isArray(value) || isPlainObject(value)) {
    for (const part of Object.values(value)) deepFreeze(part);
    Object.freeze(value);
  }
  return value;
}
