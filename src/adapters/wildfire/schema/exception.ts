import { z } from 'zod';
import { integer, text } from './fields.js';

/** Names of `event_type`. */
export const exceptionTypes: ReadonlyMap<number, string> = new Map([
  [1, 'rdbs'],
  [2, 'mongo'],
  [3, 'rpc'],
  [4, 'push'],
  [5, 'admin-api'],
  [6, 'channel-api'],
  [7, 'robot-api'],
  [8, 'short-link'],
  [9, 'event-callback'],
  [10, 'conference'],
  [100, 'heart-beat'],
]);

/**
 * Exceptions of the server, gathered for a while; `count` is how many. Its heart beat comes with
 * the type 0 and the count 100, swapped with its real type: mended here.
 */
export const exceptionSchema = z
  .object({ event_type: integer, msg: text, call_stack: text, count: integer, node_id: integer })
  .transform((exception) =>
    exception.event_type === 0 && exception.count === 100
      ? { ...exception, event_type: 100, count: 1 }
      : exception,
  );
