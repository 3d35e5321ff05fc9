/** Resolves when `condition` holds; rejects after `withinMs`, saying `what` did not happen. */
export async function waitUntil(
  what: string,
  condition: () => boolean,
  withinMs = 90_000,
): Promise<void> {
  const deadline = Date.now() + withinMs;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error(`Not within ${withinMs} ms: ${what}`);
    await new Promise((resolve) => {
      setTimeout(resolve, 10);
    });
  }
}
