import type { Got } from 'got';

/** A response on its way, as got streams it. */
export type ResponseStream = ReturnType<Got['stream']['post']>;

/** The beginning of a body, as it comes in. */
export interface Beginning {
  /** Resolves when there is enough of it, or no more comes. */
  readonly done: Promise<void>;
  /** What has come so far; `isPart` when that is not all of the body. */
  soFar(): { readonly body: Buffer; readonly isPart: boolean };
}

/** Enough for what a receiver says of its failure, in bytes. */
const enoughBytes = 8 * 1024;
/** A body that is slower than its status is not waited for, in ms. */
const patienceMs = 500;

/** Reads the beginning of an unpacked body, for half a second at most. Never rejects. */
export function readBeginning(stream: ResponseStream): Beginning {
  const chunks: Buffer[] = [];
  let size = 0;
  let isWhole = false;
  const done = new Promise<void>((resolve) => {
    const stop = () => {
      clearTimeout(timer);
      stream.off('data', onData);
      resolve();
    };
    const onData = (chunk: Buffer) => {
      chunks.push(chunk);
      size += chunk.length;
      if (size > enoughBytes) stop();
    };
    const timer = setTimeout(stop, patienceMs);
    stream.on('data', onData);
    stream.once('end', () => {
      isWhole = size <= enoughBytes;
      stop();
    });
    stream.once('close', stop);
  });
  const soFar = () => ({
    body: Buffer.concat(chunks).subarray(0, enoughBytes),
    isPart: !isWhole,
  });
  return { done, soFar };
}

const drainBytes = 64 * 1024;
const drainMs = 1000;

/** Reads away a short rest, so that the connection can be used again; a long one costs it. */
export function drain(stream: ResponseStream): void {
  let size = 0;
  const timer = setTimeout(() => stream.destroy(), drainMs).unref();
  stream.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size > drainBytes) stream.destroy();
  });
  stream.once('end', () => clearTimeout(timer));
  stream.once('close', () => clearTimeout(timer));
}
