import { AsyncLocalStorage } from 'node:async_hooks';

/**
 * What came of an event that a puppet emitted.
 *
 * - `accepted`: its tasks are durably kept; `speaks` when one of them may say something. `tasks`
 *   are the ids of the new ones that may: the answer is complete when all of them are. Absent when
 *   nobody will tell that.
 * - `ignored`: no rule wants it.
 * - `failed`: it could not be kept, or nobody said so in time. The platform should send it again.
 */
export type Acceptance =
  | {
      readonly kind: 'accepted';
      readonly speaks: boolean;
      readonly tasks?: readonly string[];
    }
  | { readonly kind: 'ignored' }
  | { readonly kind: 'failed' };

/** Tells once what came of an event; further calls do nothing. */
export type TellAcceptance = (acceptance: Acceptance) => void;

/** How long a plugin may take to say what came of an event, in ms. */
const acceptancePatienceMs = 3000;

const scope = new AsyncLocalStorage<Collector>();
const keepers = new WeakMap<object, Set<object>>();

/**
 * Emits an event and resolves with what came of it. Wechaty hands nothing back to a puppet that
 * emits; the scope made here reaches every listener, through all that Wechaty awaits before.
 *
 * - Without a keeper (see `announceKeeper`) an event is `ignored` as soon as it is emitted.
 * - With several, all must have spoken: one `failed` makes the whole `failed`, else one `accepted`
 *   makes it `accepted`.
 *
 * Never rejects: an `emit` that throws has `failed`.
 *
 * @param patienceMs the longest wait, in ms; then `failed`
 */
export async function emitForAcceptance(
  puppet: object,
  emit: () => void,
  patienceMs: number = acceptancePatienceMs,
): Promise<Acceptance> {
  const expected = keepers.get(puppet);
  if (expected === undefined || expected.size === 0) return emitUnheard(emit);
  const collector = new Collector(new Set(expected));
  const timer = setTimeout(() => collector.fail(), patienceMs);
  try {
    scope.run(collector, emit);
  } catch {
    collector.fail();
  }
  const acceptance = await collector.result;
  clearTimeout(timer);
  collector.isOpen = false;
  return acceptance;
}

/** The events of `puppet` are kept by `keeper` from now on, until the returned function is called. */
export function announceKeeper(puppet: object, keeper: object): () => void {
  const known = keepers.get(puppet) ?? new Set();
  keepers.set(puppet, known.add(keeper));
  return () => known.delete(keeper);
}

/**
 * In a listener: promises to tell what comes of the event. A listener that makes several events of
 * one calls this for each before it returns. Outside of `emitForAcceptance` telling does nothing.
 */
export function promiseAcceptance(keeper: object): TellAcceptance {
  return scope.getStore()?.promise(keeper) ?? tellNobody;
}

/**
 * True in a listener whose puppet learns what comes of the event, and has it sent again, or tries it
 * again, when it could not be kept.
 */
export function isAcceptanceTold(): boolean {
  return scope.getStore() !== undefined;
}

/** True when somebody keeps the events of `puppet`: then what comes of them is worth waiting for. */
export function hasKeeper(puppet: object): boolean {
  return (keepers.get(puppet)?.size ?? 0) > 0;
}

/**
 * True in all that an emitted event sets off, as long as nobody has said what comes of it: a
 * platform waits meanwhile, so nothing slow should be asked.
 */
export function isAcceptanceAwaited(): boolean {
  return scope.getStore()?.isOpen ?? false;
}

/**
 * Does `work` as if nobody waited: for the little without which nothing can be decided. It must take
 * much less than the patience of `emitForAcceptance`.
 */
export function evenIfAwaited<T>(work: () => T): T {
  return scope.exit(work);
}

const tellNobody: TellAcceptance = () => {};

function emitUnheard(emit: () => void): Acceptance {
  try {
    emit();
    return { kind: 'ignored' };
  } catch {
    return { kind: 'failed' };
  }
}

/** Gathers what the keepers say of one event. */
class Collector {
  readonly result: Promise<Acceptance>;
  /** Nobody has answered yet. */
  isOpen = true;
  readonly #silent: Set<object>;
  readonly #heard: Acceptance[] = [];
  #open = 0;
  #resolve: (acceptance: Acceptance) => void = () => {};

  constructor(silent: Set<object>) {
    this.#silent = silent;
    this.result = new Promise((resolve) => {
      this.#resolve = resolve;
    });
  }

  fail(): void {
    this.#resolve({ kind: 'failed' });
  }

  promise(keeper: object): TellAcceptance {
    this.#open += 1;
    let isTold = false;
    return (acceptance) => {
      if (isTold) return;
      isTold = true;
      this.#heard.push(acceptance);
      this.#open -= 1;
      // Later: the listener may have more events to promise for before it returns.
      queueMicrotask(() => {
        this.#silent.delete(keeper);
        if (this.#open === 0 && this.#silent.size === 0) this.#resolve(summary(this.#heard));
      });
    };
  }
}

function summary(heard: readonly Acceptance[]): Acceptance {
  if (heard.some(({ kind }) => kind === 'failed')) return { kind: 'failed' };
  const accepted = heard.filter((one) => one.kind === 'accepted');
  if (accepted.length === 0) return { kind: 'ignored' };
  const speaking = accepted.filter(({ speaks }) => speaks);
  const isTold = speaking.length > 0 && speaking.every(({ tasks }) => tasks !== undefined);
  const tasks = speaking.flatMap((one) => one.tasks ?? []);
  return { kind: 'accepted', speaks: speaking.length > 0, ...(isTold && { tasks }) };
}
