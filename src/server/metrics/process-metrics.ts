import { collectDefaultMetrics, Registry } from 'prom-client';

let registry: Registry | undefined;

/**
 * Memory, CPU, garbage collection and the lag of the event loop, under their usual names, so that
 * usual dashboards show them. They belong to the process: however many runtimes it has, they are
 * measured once, from the first call on.
 */
export function processMetrics(): Registry {
  if (registry === undefined) {
    registry = new Registry();
    collectDefaultMetrics({ register: registry });
  }
  return registry;
}
