import { Gauge, type Registry } from 'prom-client';
import type { ReceiverState } from '../../core/metrics.js';

/** What is looked at whenever somebody reads. */
export interface States {
  /** How many rules are in force; `undefined` while there are none that can be used. */
  readonly rules: () => number | undefined;
  readonly bots: () => { readonly expected: number; readonly online: number };
  readonly receivers: () => readonly ReceiverState[];
}

const breakers = { closed: 0, 'half-open': 1, open: 2 } as const;

/** Adds rules, bots and receivers. Receivers come from the rules, so their number is bounded. */
export function addStateGauges(registry: Registry, { rules, bots, receivers }: States): void {
  const gauge = (
    name: string,
    help: string,
    labelNames: readonly string[],
    collect: (this: Gauge) => void,
  ) =>
    new Gauge({
      name: `wechaty_callback_${name}`,
      help,
      labelNames: [...labelNames],
      registers: [registry],
      collect(this: Gauge) {
        this.reset();
        collect.call(this);
      },
    });
  gauge('rules', 'Rules in force; 0 while they cannot be used.', [], function collect() {
    this.set(rules() ?? 0);
  });
  gauge(
    'bots',
    'Bots that are attached (expected), and logged in (online).',
    ['state'],
    function collect() {
      const { expected, online } = bots();
      this.set({ state: 'expected' }, expected);
      this.set({ state: 'online' }, online);
    },
  );
  gauge(
    'receiver_breaker_state',
    'What is thought of a receiver: 0 closed (it works), 1 half-open (being tried), 2 open (down).',
    ['receiver'],
    function collect() {
      for (const { origin, breaker } of receivers())
        this.set({ receiver: origin }, breakers[breaker]);
    },
  );
  gauge('attempts_in_flight', 'HTTP calls under way.', ['receiver'], function collect() {
    for (const { origin, calls } of receivers()) this.set({ receiver: origin }, calls);
  });
}
