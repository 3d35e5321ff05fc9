import type { Rate } from './call-rate.js';
import type { ReceiverLimits } from './receiver-door.js';

/**
 * What one of several instances may ask of a receiver, so that all of them together keep to its
 * limits. Each may call at least once at a time: with fewer calls at the same time than instances
 * their number is the bound.
 */
export function shareLimits(limits: ReceiverLimits, instances: number): ReceiverLimits {
  if (instances <= 1) return limits;
  const { concurrency, rate } = limits;
  return {
    ...(concurrency !== undefined && {
      concurrency: Math.max(1, Math.floor(concurrency / instances)),
    }),
    ...(rate && { rate: shareRate(rate, instances) }),
  };
}

/** Where there are fewer calls than instances, each calls once in a longer period. */
function shareRate({ count, everyMs }: Rate, instances: number): Rate {
  return count >= instances
    ? { count: Math.floor(count / instances), everyMs }
    : { count: 1, everyMs: Math.ceil((everyMs * instances) / count) };
}
