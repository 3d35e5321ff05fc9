import { expect, test } from 'vitest';
import { unknownContact } from '../../../../src/adapters/shared/unknown-payloads.js';
import { createDirectory } from '../../../../src/adapters/wildfire/client/directory.js';
import { createNames } from '../../../../src/adapters/wildfire/names.js';
import { userSchema } from '../../../../src/adapters/wildfire/schema/user.js';
import { systemClock } from '../../../../src/core/clock.js';

const users = new Map([['robot', { userId: 'robot', name: 'fire', displayName: '小火' }]]);
const names = createNames(
  createDirectory(
    {
      user: async (id) => userSchema.parse(users.get(id) ?? {}),
      members: async () => [{ userId: 'robot', alias: '群小火', type: 0 }],
    },
    systemClock,
  ),
  systemClock,
);
const member = { id: 'robot', name: '小火', avatar: '' };

test('the server knows how the bot is called', async () => {
  const self = unknownContact('robot');
  expect(await names.own(self)).toEqual({ ...self, name: '小火', handle: 'fire' });
});

test('a bot that the server does not know keeps its name', async () => {
  const self = { ...unknownContact('another'), name: '别的' };
  expect(await names.own(self)).toEqual(self);
});

test('a member has another name in a group', async () => {
  expect(await names.inRoom('g1', member)).toEqual({ ...member, roomAlias: '群小火' });
  const other = { id: 'bob', name: 'Bob', avatar: '' };
  expect(await names.inRoom('g1', other)).toEqual(other);
});
