import type { EventRow, LiveItem, TaskRow } from '../../../api/contract.js';

/** What is known of a task from the stream. */
export interface SeenTask {
  readonly row?: TaskRow;
  readonly attempt?: Extract<LiveItem, { kind: 'attempt' }>;
  readonly said: number;
}

/** What the live page shows. */
export interface FeedState {
  /** The newest first. */
  readonly events: readonly EventRow[];
  readonly tasks: ReadonlyMap<string, SeenTask>;
}

/** Nothing yet. */
export const emptyFeed: FeedState = { events: [], tasks: new Map() };

/** More are let go from the end, so that a page that stays open stays quick. */
const most = 500;

/** The feed after something has happened. */
export function withItem(feed: FeedState, item: LiveItem): FeedState {
  switch (item.kind) {
    case 'event': {
      const others = feed.events.filter(({ id }) => id !== item.event.id);
      return { ...feed, events: [item.event, ...others].slice(0, most) };
    }
    case 'task':
      return withTask(feed, item.task.id, (seen) => ({ ...seen, row: item.task }));
    case 'attempt':
      return withTask(feed, item.task, (seen) => ({ ...seen, attempt: item }));
    case 'said':
      return withTask(feed, item.task, (seen) => ({ ...seen, said: seen.said + item.parts }));
    case 'tasks':
    case 'rules':
    case 'health':
    case 'chat':
    case 'gap':
    default:
      return feed;
  }
}

/** The feed with what was remembered; what the stream brought meanwhile stays on top. */
export function withPage(feed: FeedState, page: readonly EventRow[]): FeedState {
  const known = new Set(feed.events.map(({ id }) => id));
  const events = [...feed.events, ...page.filter(({ id }) => !known.has(id))];
  return { ...feed, events: events.toSorted((one, other) => Number(other.id) - Number(one.id)) };
}

function withTask(feed: FeedState, id: string, change: (seen: SeenTask) => SeenTask): FeedState {
  const tasks = new Map(feed.tasks);
  const former = tasks.get(id) ?? { said: 0 };
  tasks.delete(id);
  tasks.set(id, change(former));
  const oldest = tasks.keys().next().value;
  if (tasks.size > 2 * most && oldest !== undefined) tasks.delete(oldest);
  return { ...feed, tasks };
}
