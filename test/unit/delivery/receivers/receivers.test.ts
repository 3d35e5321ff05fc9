import { beforeEach, describe, expect, test } from 'vitest';
import type {
  Admission,
  ReceiverLimits,
} from '../../../../src/delivery/receivers/receiver-door.js';
import { createReceivers, type Receivers } from '../../../../src/delivery/receivers/receivers.js';
import { type ManualClock, manualClock } from '../../../support/manual-clock.js';

const one = 'http://127.0.0.1:4000';
const other = 'http://127.0.0.1:5000';

let clock: ManualClock;
let limits: Record<string, ReceiverLimits>;
let said: string[];
let receivers: Receivers;

beforeEach(() => {
  clock = manualClock(0);
  limits = { [one]: { concurrency: 2 } };
  said = [];
  receivers = createReceivers({
    clock,
    random: () => 0,
    limits: (origin) => limits[origin],
    log: {
      receiverDown: (origin, pauseMs) => said.push(`${origin} down for ${pauseMs}`),
      receiverUp: (origin) => said.push(`${origin} up`),
    },
  });
});

async function pass(origin: string) {
  const admission = await receivers.enter(origin);
  if (admission.kind !== 'pass') throw new Error(`Waits until ${admission.at}.`);
  return admission.pass;
}

async function fail(origin: string, times: number): Promise<void> {
  for (let index = 0; index < times; index += 1) (await pass(origin)).leave('failed');
}

describe('the bound of calls at the same time', () => {
  test('lets in whoever stands at the door when another leaves', async () => {
    const first = await pass(one);
    await pass(one);
    const seen: Admission[] = [];
    const stand = async () => seen.push(await receivers.enter(one));
    const standing = stand();
    await clock.advance(10);
    expect(seen).toEqual([]);
    first.leave('well');
    await standing;
    expect(seen).toMatchObject([{ kind: 'pass' }]);
    await clock.advance(1000);
  });

  test('sends back who has stood there for a while', async () => {
    await pass(one);
    await pass(one);
    const third = receivers.enter(one);
    await clock.advance(200);
    expect(await third).toMatchObject({ kind: 'wait', isDown: false });
  });

  test('sends back at once whom there is no room for at the door', async () => {
    for (let index = 0; index < 2; index += 1) await pass(one);
    for (let index = 0; index < 2; index += 1) void receivers.enter(one);
    expect(await receivers.enter(one)).toEqual({ kind: 'wait', at: 20, isDown: false });
    await clock.advance(1000);
  });

  test('is 64 unless told', async () => {
    for (let index = 0; index < 64; index += 1) await pass(other);
    expect(receivers.enter(other)).toBeInstanceOf(Promise);
    await clock.advance(1000);
  });

  test('of one receiver is nothing to another', async () => {
    await pass(one);
    await pass(one);
    expect(receivers.enter(other)).toMatchObject({ kind: 'pass' });
  });

  test('that is raised holds at once', async () => {
    await pass(one);
    await pass(one);
    limits[one] = { concurrency: 3 };
    expect(receivers.enter(one)).toMatchObject({ kind: 'pass' });
  });

  test('counts a pass that is left twice once', async () => {
    const first = await pass(one);
    await pass(one);
    first.leave('well');
    first.leave('well');
    await pass(one);
    expect(receivers.enter(one)).toBeInstanceOf(Promise);
    await clock.advance(1000);
  });
});

describe('the rate', () => {
  test('lets the rest wait until it allows them', async () => {
    limits[one] = { rate: { count: 2, everyMs: 60_000 } };
    await pass(one);
    await clock.advance(1000);
    await pass(one);
    expect(await receivers.enter(one)).toEqual({
      kind: 'wait',
      at: 60_000,
      notBefore: 60_000,
      isDown: false,
      byRate: true,
    });
    await clock.advance(59_000);
    await pass(one);
    expect(await receivers.enter(one)).toMatchObject({ at: 61_000 });
  });
});

describe('the breaker', () => {
  test('opens for its receiver alone, and says so once', async () => {
    await fail(one, 5);
    const isDown = true;
    expect(await receivers.enter(one)).toEqual({ kind: 'wait', at: 5000, notBefore: 5000, isDown });
    expect(receivers.enter(other)).toMatchObject({ kind: 'pass' });
    await clock.advance(5000);
    await fail(one, 1);
    expect(said).toEqual([`${one} down for 5000`]);
  });

  test('lets one probe through, and the others see a little later what it found', async () => {
    await fail(one, 5);
    await clock.advance(5000);
    const probe = await pass(one);
    expect(await receivers.enter(one)).toEqual({ kind: 'wait', at: 5500, isDown: true });
    probe.leave('well');
    await pass(one);
    expect(said).toEqual([`${one} down for 5000`, `${one} up`]);
  });

  test('that opens sends away who stands at the door', async () => {
    await fail(one, 4);
    const last = await pass(one);
    await pass(one);
    const standing = receivers.enter(one);
    last.leave('failed');
    expect(await standing).toMatchObject({ kind: 'wait', isDown: true });
    await clock.advance(1000);
  });
});

test('of very many receivers those are forgotten of which there is nothing to remember', async () => {
  await fail(one, 5);
  for (let index = 0; index < 2000; index += 1) {
    (await pass(`http://10.0.0.1:${index}`)).leave('well');
  }
  expect(await receivers.enter(one)).toMatchObject({ kind: 'wait', isDown: true });
});
