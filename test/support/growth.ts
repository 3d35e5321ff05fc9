/** A function that reads what comes from outside, and the worst input of a size. */
export interface Reader<T> {
  /** The worst input that anybody could think of, about `size` characters long. */
  readonly worst: (size: number) => T;
  readonly read: (input: T) => unknown;
  /** The size to begin with. Default: 4,000. */
  readonly size?: number;
}

/** The factor that is taken for linear. */
const linearGrowth = 8;
/** The shortest run that is compared, in ms of the processor's time. */
const leastMs = 0.5;
/** What is read so fast at this size is never slow. */
const mostCharacters = 256_000;
/** The best of as many runs counts. */
const tries = 5;
/**
 * How often a bad result is measured anew, each time with twice the input: where memory of another
 * kind is needed, one step is larger than the next, while what is quadratic stays so.
 */
const rounds = 6;

/**
 * How many times as long four times the input takes, each the best of five. Counts the time of the
 * processor, so that other programs have little say. Begins with a size at which a run takes half a
 * millisecond; inputs that are read at once however long they are give 1.
 */
export function growthOf<T>({ worst, read, size }: Reader<T>): number {
  const runs = growing(worst, size);
  let next = runs.next();
  while (!next.done) next = runs.next(timeOf(read, next.value));
  return next.value;
}

/** The same for what is read asynchronously; nothing else is to run meanwhile. */
async function growthOfLater<T>({ worst, read, size }: Reader<T>): Promise<number> {
  const runs = growing(worst, size);
  let next = runs.next();
  while (!next.done) next = runs.next(await timeOfLater(read, next.value));
  return next.value;
}

/** Gives the inputs that are to be read, takes how long each took, in ms, and returns the growth. */
type Runs<T, Result> = Generator<T, Result, number>;

function* growing<T>(worst: (size: number) => T, size = 4000): Runs<T, number> {
  let length = size;
  let small = yield* best(worst(length));
  let least = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds && least > linearGrowth; round += 1) {
    while (small < leastMs) {
      if (length >= mostCharacters) return Math.min(least, 1);
      length *= 2;
      small = yield* best(worst(length));
    }
    const large = yield* best(worst(length * 4), small * linearGrowth);
    least = Math.min(least, large / small);
    // What takes so long is slow enough to be told from noise.
    if (large > 200) break;
    length *= 2;
    small = yield* best(worst(length));
  }
  return least;
}

/** The best of five runs, or the first that is `enough`. */
function* best<T>(input: T, enough = 0): Runs<T, number> {
  let least = Number.POSITIVE_INFINITY;
  for (let at = 0; at < tries && least > enough; at += 1) {
    least = Math.min(least, yield input);
  }
  return least;
}

/** In ms. */
function timeOf<T>(read: (input: T) => unknown, input: T): number {
  const start = process.cpuUsage();
  try {
    read(input);
  } catch {
    // A refusal is an answer, too.
  }
  return since(start);
}

async function timeOfLater<T>(read: (input: T) => unknown, input: T): Promise<number> {
  const start = process.cpuUsage();
  try {
    await read(input);
  } catch {
    // As above.
  }
  return since(start);
}

function since(start: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

/** Inputs by what is bad about them, each of about the size that is asked for. */
export type Inputs<T> = Readonly<Record<string, (size: number) => T>>;

/** A piece as often as it fits into a size, between two texts. */
export function times(piece: string, before = '', behind = ''): (size: number) => string {
  return (size) => before + piece.repeat(Math.max(1, Math.floor(size / piece.length))) + behind;
}

/** What is not read in linear time, by the names of reader and input; empty when everything is. */
export function slowReadings<T>(
  readers: Readonly<Record<string, (input: T) => unknown>>,
  inputs: Inputs<T>,
): readonly string[] {
  return Object.entries(readers).flatMap(([reader, read]) =>
    Object.entries(inputs).flatMap(([what, worst]) => {
      const growth = growthOf({ worst, read });
      return growth <= linearGrowth ? [] : [`${reader}: ${what} (${growth.toFixed(1)} times)`];
    }),
  );
}

/** The same for readers that answer later. */
export async function slowReadingsLater<T>(
  readers: Readonly<Record<string, (input: T) => unknown>>,
  inputs: Inputs<T>,
): Promise<readonly string[]> {
  const slow: string[] = [];
  for (const [reader, read] of Object.entries(readers)) {
    for (const [what, worst] of Object.entries(inputs)) {
      const growth = await growthOfLater({ worst, read });
      if (growth > linearGrowth) slow.push(`${reader}: ${what} (${growth.toFixed(1)} times)`);
    }
  }
  return slow;
}
