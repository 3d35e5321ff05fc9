import type { CallKind, Calls, Lease } from './calls.js';

/**
 * The leases that holders in this process have, as far as they were told: a thread that takes over
 * from one that died goes on with them.
 */
export class LeaseBook {
  readonly #byTask = new Map<string, Lease>();

  /** All of them. */
  get leases(): readonly Lease[] {
    return [...this.#byTask.values()];
  }

  /** Takes down what a call has changed. */
  note<Kind extends CallKind>(kind: Kind, input: Calls[Kind][0], value: Calls[Kind][1]): void {
    if (kind === 'claim') this.#take(value as Calls['claim'][1]);
    else if (kind === 'renew') this.#renew(input as Calls['renew'][0], value as Calls['renew'][1]);
    else if (kind === 'shift') this.#shift((input as Calls['shift'][0]).by);
    // When it is answered `stale` it was not this holder's any more.
    else if (kind === 'settle' || kind === 'retry') this.#release(input as Calls['settle'][0]);
  }

  #take(claims: Calls['claim'][1]): void {
    for (const { id, token, lease_until: until } of claims) {
      this.#byTask.set(id, { id, token, until });
    }
  }

  #renew({ held }: Calls['renew'][0], renewed: Calls['renew'][1]): void {
    const ends = new Map(renewed);
    for (const { id, token } of held) {
      const until = ends.get(token);
      if (until === undefined) this.#release({ id, token });
      else this.#byTask.set(id, { id, token, until });
    }
  }

  #shift(by: number): void {
    for (const [id, lease] of this.#byTask) {
      this.#byTask.set(id, { ...lease, until: lease.until + by });
    }
  }

  #release({ id, token }: { readonly id: string; readonly token: string }): void {
    if (this.#byTask.get(id)?.token === token) this.#byTask.delete(id);
  }
}
