/** What a call throws; `undefined` when it returns. */
export function thrownBy(call: () => unknown): unknown {
  try {
    call();
    return undefined;
  } catch (error) {
    return error;
  }
}

/** The class of what a call throws, for "this error or none". */
export function classThrownBy(call: () => unknown): unknown {
  const thrown = thrownBy(call);
  return thrown instanceof Error ? thrown.constructor : typeof thrown;
}
