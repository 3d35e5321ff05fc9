/** How long a process that is done may take to end by itself, in ms. */
const patienceMs = 500;

/**
 * Ends a process that is done, with this exit code: by itself as soon as nothing keeps it running,
 * and after half a second in any case. A channel to a parent, as pm2 and `child_process.fork` make
 * it, no longer counts; what still waits to be printed is printed first.
 */
export function endProcess(exitCode: number): void {
  process.exitCode = exitCode;
  process.channel?.unref();
  setTimeout(exitOncePrinted, patienceMs).unref();
}

function exitOncePrinted(): void {
  const { stdout, stderr } = process;
  if (stdout.writableLength + stderr.writableLength === 0) process.exit();
  setTimeout(exitOncePrinted, patienceMs).unref();
}
