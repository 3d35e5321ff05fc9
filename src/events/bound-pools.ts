import type { WechatyInterface } from 'wechaty/impls';

/** A contact or a room, as far as it matters here. */
interface Pooled {
  eventNames(): readonly unknown[];
}

/** A class of Wechaty's whose `load` looks into its pool, and puts there what is new. */
interface PooledClass {
  readonly pool: Map<string, Pooled>;
}

/** How much of its pools a bot keeps. */
export interface PoolLimits {
  /** Contacts, and as many rooms; asked for each time. */
  readonly max: () => number;
  /** Default: the machine's monotonic clock, in ms. */
  readonly now?: () => number;
}

/** Objects with listeners are passed over; at most so many at once, so that no call takes long. */
const maxPassed = 16;
/**
 * What was used since is kept, in ms: Wechaty looks a person up when a message comes, and asks for the
 * same object again when a listener wants to know who it was.
 */
const restMs = 10_000;

/** By id, the longest unused first; what exceeds `max` is let go once it has rested. */
class BoundedPool extends Map<string, Pooled> {
  readonly #max: () => number;
  readonly #now: () => number;
  readonly #usedAt = new WeakMap<Pooled, number>();

  constructor({ max, now = () => performance.now() }: PoolLimits, items: Map<string, Pooled>) {
    super();
    this.#max = max;
    this.#now = now;
    for (const [id, item] of items) this.set(id, item);
  }

  override get(id: string): Pooled | undefined {
    const item = super.get(id);
    if (item !== undefined) this.#touch(id, item);
    return item;
  }

  override set(id: string, item: Pooled): this {
    this.#touch(id, item);
    const rested = this.#now() - restMs;
    let passed = 0;
    for (const [oldId, old] of this) {
      if (this.size <= this.#max() || passed > maxPassed) break;
      if ((this.#usedAt.get(old) ?? 0) > rested) break;
      if (old.eventNames().length === 0) this.delete(oldId);
      else {
        // Wechaty emits to the object in the pool: another one in its place would be deaf.
        this.#touch(oldId, old);
        passed += 1;
      }
    }
    return this;
  }

  #touch(id: string, item: Pooled): void {
    super.delete(id);
    super.set(id, item);
    this.#usedAt.set(item, this.#now());
  }
}

/**
 * Bounds the pools of a bot. Wechaty keeps every contact and every room that it ever met; from now on
 * only the `max` of each that were used last are kept, those that were used a moment ago, and those that
 * have listeners. One that was let go and is met again is asked of the puppet again.
 *
 * @returns no longer waits for the bot's start, with which its pools come; those that are bounded stay so
 */
export function boundPools(bot: WechatyInterface, limits: PoolLimits): () => void {
  const bound = () => {
    for (const pooled of [classOf(() => bot.Contact), classOf(() => bot.Room)]) {
      if (!(pooled?.pool instanceof Map) || pooled.pool instanceof BoundedPool) continue;
      // The class is this bot's own; it inherits a getter, before which this stands.
      const pool = new BoundedPool(limits, pooled.pool);
      Object.defineProperty(pooled, 'pool', { value: pool, configurable: true });
    }
  };
  bound();
  bot.on('start', bound);
  return () => bot.off('start', bound);
}

/** `undefined` before the first start of the bot. */
function classOf(get: () => object): PooledClass | undefined {
  try {
    return get() as PooledClass;
  } catch {
    return undefined;
  }
}
