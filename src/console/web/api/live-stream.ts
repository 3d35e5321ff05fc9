import type { LiveItem, LiveKind } from '../../api/contract.js';
import { feedPosition, liveUrl } from './client.js';

/** Somebody who wants to know what happens. */
export interface Listener {
  readonly onItem: (item: LiveItem) => void;
  readonly onOpen: (isOpen: boolean) => void;
}

const kinds: Readonly<Record<LiveKind, true>> = {
  event: true,
  task: true,
  attempt: true,
  said: true,
  tasks: true,
  rules: true,
  health: true,
  chat: true,
  gap: true,
};

/** From one page to the next the stream stays open, in ms. */
const lingering = 1000;
/** After a refusal it is tried again, in ms. */
const retryAfter = 10_000;

/** The event of the window that tells of a refused stream. */
export const streamRefused = 'console:stream-refused';

/**
 * One stream for all parts of a page: a browser has six connections to a server, and every stream
 * takes one for good. The browser connects again by itself, behind what it has.
 */
const stream: { source: EventSource | undefined; closing: number; readonly on: Set<Listener> } = {
  source: undefined,
  closing: 0,
  on: new Set(),
};

/** Follows the stream; answers how to stop. */
export function listen(listener: Listener): () => void {
  clearTimeout(stream.closing);
  stream.on.add(listener);
  feedPosition.isFollowed = true;
  stream.source ??= open();
  listener.onOpen(stream.source.readyState === EventSource.OPEN);
  return () => {
    stream.on.delete(listener);
    clearTimeout(stream.closing);
    stream.closing = window.setTimeout(closeUnheard, lingering);
  };
}

function closeUnheard(): void {
  if (stream.on.size > 0) return;
  stream.source?.close();
  stream.source = undefined;
  feedPosition.isFollowed = false;
}

/** The session is over, or too many windows are open. A dropped connection is none of that. */
function refused(): void {
  stream.source = undefined;
  dispatchEvent(new Event(streamRefused));
  clearTimeout(stream.closing);
  stream.closing = window.setTimeout(() => {
    if (stream.on.size > 0) stream.source ??= open();
  }, retryAfter);
}

function open(): EventSource {
  const source = new EventSource(liveUrl());
  const tellOpen = (isOpen: boolean) => {
    for (const { onOpen } of stream.on) onOpen(isOpen);
    if (source.readyState === EventSource.CLOSED && stream.source === source) refused();
  };
  source.addEventListener('open', () => tellOpen(true));
  source.addEventListener('error', () => tellOpen(false));
  for (const kind of Object.keys(kinds)) {
    source.addEventListener(kind, ({ data, lastEventId }: MessageEvent<string>) => {
      if (lastEventId !== '') feedPosition.id = lastEventId;
      const item = { kind, ...JSON.parse(data) } as LiveItem;
      for (const { onItem } of stream.on) onItem(item);
    });
  }
  return source;
}
