let isDone = false;

/**
 * From the first call on, neither a full disk nor a terminal that is gone ends this process when
 * something is printed: Wechaty's log goes there, and `console` passes over the first error alone.
 */
export function outliveOutput(): void {
  if (isDone) return;
  isDone = true;
  for (const stream of [process.stdout, process.stderr]) stream.on('error', ignore);
}

function ignore(): void {
  // There is nowhere to say it.
}
