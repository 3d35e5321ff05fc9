/** How long a process that is done may take to end by itself, in ms. */
const patienceMs = 500;
/** When a process that ran on ends whatever is left to be printed, in ms: within a second of its last word. */
const lastPatienceMs = 900;

/** What the output of a process was. */
export interface ProcessEnding {
  /**
   * It ran on, and its output is a log: a parent that does not read it is not waited for. Default:
   * false, the output is what was asked for, and a slow reader, such as a pager, gets all of it.
   */
  readonly ranOn?: boolean;
}

/**
 * Ends a process that is done, with this exit code: by itself as soon as nothing keeps it running,
 * and after half a second in any case. A channel to a parent, as pm2 and `child_process.fork` make
 * it, no longer counts; what still waits to be printed is printed first, of a process that ran on
 * within 0.9 seconds.
 */
export function endProcess(exitCode: number, { ranOn = false }: ProcessEnding = {}): void {
  process.exitCode = exitCode;
  process.channel?.unref();
  setTimeout(exitOncePrinted, patienceMs).unref();
  if (ranOn) setTimeout(() => process.exit(), lastPatienceMs).unref();
}

function exitOncePrinted(): void {
  const { stdout, stderr } = process;
  if (stdout.writableLength + stderr.writableLength === 0) process.exit();
  setTimeout(exitOncePrinted, patienceMs).unref();
}
