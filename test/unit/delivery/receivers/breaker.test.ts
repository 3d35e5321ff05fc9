import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  Breaker,
  defaultBreaker,
  type Verdict,
} from '../../../../src/delivery/receivers/breaker.js';

const longest = () => 0;
const second = 1000;

function breaker(): Breaker {
  return new Breaker(defaultBreaker, longest);
}

function call(subject: Breaker, verdict: Verdict, now = 0): void {
  subject.end(subject.begin(), verdict, now);
}

function calls(subject: Breaker, verdicts: readonly Verdict[], now = 0): void {
  for (const verdict of verdicts) call(subject, verdict, now);
}

const fiveFailures = ['failed', 'failed', 'failed', 'failed', 'failed'] as const;

describe('a closed breaker', () => {
  test('opens for five seconds with the fifth failure in a row', () => {
    const subject = breaker();
    calls(subject, fiveFailures.slice(1));
    expect(subject.state).toEqual({ kind: 'closed', failures: 4 });
    call(subject, 'failed', 7);
    expect(subject.state).toEqual({ kind: 'open', until: 5007, pauseMs: 5000 });
  });

  test('counts anew after a call that ended well', () => {
    const subject = breaker();
    calls(subject, [...fiveFailures.slice(1), 'well', ...fiveFailures.slice(1)]);
    expect(subject.state).toEqual({ kind: 'closed', failures: 4 });
  });

  test('leaves the count alone after a call that says nothing', () => {
    const subject = breaker();
    calls(subject, ['failed', 'nothing']);
    expect(subject.state).toEqual({ kind: 'closed', failures: 1 });
  });
});

describe('an open breaker', () => {
  test('admits nothing until its pause is over, then exactly one probe', () => {
    const subject = breaker();
    calls(subject, fiveFailures);
    expect(subject.admits(5 * second - 1)).toBe(false);
    expect(subject.admits(5 * second)).toBe(true);
    subject.begin();
    expect(subject.state.kind).toBe('half-open');
    expect(subject.admits(3600 * second)).toBe(false);
  });

  test('does not wait for a clock that was set back to catch up', () => {
    const subject = breaker();
    calls(subject, fiveFailures, 3600 * second);
    expect(subject.admits(3600 * second)).toBe(false);
    expect(subject.admits(0)).toBe(true);
  });

  test('is not moved by calls that began before it opened', () => {
    const subject = breaker();
    const early = subject.begin();
    calls(subject, fiveFailures);
    const { state } = subject;
    subject.end(early, 'well', 1);
    expect(subject.state).toEqual(state);
    subject.end(early, 'failed', 1);
    expect(subject.state).toEqual(state);
  });

  test('shortens its pause by up to a quarter at random', () => {
    const subject = new Breaker(defaultBreaker, () => 0.999_999);
    calls(subject, fiveFailures);
    expect(subject.state).toMatchObject({ until: 3750 });
  });
});

describe('a probe', () => {
  test('that ends well closes the breaker', () => {
    const subject = breaker();
    calls(subject, [...fiveFailures, 'well']);
    expect(subject.state).toEqual({ kind: 'closed', failures: 0 });
  });

  test('that fails opens it again, each time for twice as long, up to a minute', () => {
    const subject = breaker();
    calls(subject, fiveFailures);
    const pauses: number[] = [];
    for (let now = 0; pauses.length < 6; ) {
      const { state } = subject;
      if (state.kind !== 'open') throw new Error(state.kind);
      pauses.push((state.until - now) / second);
      now = state.until;
      call(subject, 'failed', now);
    }
    expect(pauses).toEqual([5, 10, 20, 40, 60, 60]);
  });

  test('that was called off may be made again at once', () => {
    const subject = breaker();
    calls(subject, fiveFailures);
    call(subject, 'nothing', 5 * second);
    expect(subject.state).toEqual({ kind: 'open', until: 5 * second, pauseMs: 5 * second });
    expect(subject.admits(5 * second)).toBe(true);
  });

  test('is not answered for by a call that began before it', () => {
    const subject = breaker();
    const early = subject.begin();
    calls(subject, fiveFailures);
    subject.begin();
    subject.end(early, 'well', 1);
    expect(subject.state.kind).toBe('half-open');
  });
});

test('whatever happens, no more than one call is under way once it has opened', () => {
  const step = fc.record({
    verdict: fc.constantFrom<Verdict>('well', 'failed', 'nothing'),
    afterMs: fc.nat(20_000),
    isBegun: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
      const subject = breaker();
      let now = 0;
      let probe: number | undefined;
      /** Probes that began while another was under way. */
      let doubled = 0;
      for (const { verdict, afterMs, isBegun } of steps) {
        now += afterMs;
        if (isBegun && subject.admits(now)) {
          const wasClosed = subject.state.kind === 'closed';
          const epoch = subject.begin();
          if (wasClosed) subject.end(epoch, verdict, now);
          else {
            doubled += probe === undefined ? 0 : 1;
            probe = epoch;
          }
        } else if (probe !== undefined) {
          subject.end(probe, verdict, now);
          probe = undefined;
        }
      }
      expect(doubled).toBe(0);
      expect(subject.state.kind === 'half-open').toBe(probe !== undefined);
    }),
  );
});
