import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLookUp } from '../../../../src/adapters/shared/client/look-up.js';
import { type RunningClient, startClient } from '../../../support/fake-wecom/running-client.js';

let running: RunningClient;
beforeEach(async () => {
  running = await startClient();
});
afterEach(() => running.stop());

it('tells who is who', async () => {
  const { directory } = running.client;
  await expect(directory.members.get('alicewang')).resolves.toMatchObject({
    userid: 'AliceWang',
    name: '王爱丽',
    department: [1, 2],
  });
  await expect(directory.customers.get('wmCustomer1')).resolves.toMatchObject({
    external_contact: { name: '客户甲' },
    follow_user: [{ userid: 'bob' }],
  });
  await expect(directory.customerGroups.get('wrGroup1')).resolves.toMatchObject({
    name: '客户群',
    member_list: [{ name: 'bob' }, { name: 'wmCustomer1' }],
  });
  await expect(directory.departments.get('2')).resolves.toMatchObject({ name: '研发部' });
  await expect(directory.tags.get('7')).resolves.toMatchObject({ tagname: '值班' });
});

it('says undefined for what the app does not see', async () => {
  const { client, fake } = running;
  const { directory } = client;
  fake.world.apps[0] = { ...fake.app, visible: ['bob'] };
  const nothing = [
    directory.members.get('nobody'),
    directory.members.get('AliceWang'),
    directory.customers.get('strange'),
    directory.customers.get('wmUnknown'),
    directory.customerGroups.get('wrUnknown'),
    directory.departments.get('99'),
    directory.tags.get('99'),
  ];
  expect(await Promise.all(nothing)).toEqual(nothing.map(() => undefined));
});

const asked = () => running.fake.callsOf('user/get').length;
const get = (id = 'bob') => running.client.directory.members.get(id);

describe('an answer', () => {
  it('is asked for once at a time and kept for an hour, whatever the case of the id', async () => {
    const { clock } = running;
    await Promise.all([get('bob'), get('BOB'), get('Bob')]);
    await clock.advance(3600 * 1000);
    await get();
    expect(asked()).toBe(1);
    await clock.advance(1);
    await get();
    expect(asked()).toBe(2);
  });

  it('that there is nobody is kept for a minute', async () => {
    const { clock } = running;
    await get('ghost');
    await clock.advance(60_000);
    await get('ghost');
    expect(asked()).toBe(1);
    await clock.advance(1);
    await get('ghost');
    expect(asked()).toBe(2);
  });

  it('is asked for anew when it is forgotten', async () => {
    const { client, fake } = running;
    await get();
    fake.world.members[1] = { userid: 'bob', name: 'Robert' };
    await expect(get()).resolves.toMatchObject({ name: 'Bob' });
    client.directory.members.forget('BOB');
    await expect(get()).resolves.toMatchObject({ name: 'Robert' });
  });

  it('that is forgotten on its way is not kept', async () => {
    const { client, fake } = running;
    await client.authorize();
    fake.fault('user/get', { delayMs: 50 });
    const old = get();
    client.directory.members.forget('bob');
    const fresh = get();
    await Promise.all([old, fresh]);
    expect(asked()).toBe(2);
    await get();
    expect(asked()).toBe(2);
  });

  it('that comes late does not replace the one that was asked for after it', async () => {
    const late: ((name: string) => void)[] = [];
    const ask = () =>
      new Promise<string>((resolve) => {
        late.push(resolve);
      });
    const names = createLookUp({ clock: running.clock, ask, isUnknown: () => false });
    const old = names.get('bob');
    names.forget('bob');
    const fresh = names.get('bob');
    late[1]?.('Robert');
    await expect(fresh).resolves.toBe('Robert');
    late[0]?.('Bob');
    await expect(old).resolves.toBe('Bob');
    await expect(names.get('bob')).resolves.toBe('Robert');
  });

  it('that failed is not kept, and an error is an error', async () => {
    running.fake.fault('user/get', { status: 502 });
    await expect(get()).rejects.toMatchObject({ code: 'wecom-unavailable' });
    await expect(get()).resolves.toMatchObject({ name: 'Bob' });
  });
});
