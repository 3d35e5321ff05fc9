import { messageBody, textPayload } from '../support/fake-wildfire/bodies.js';
import { FakeWildfire } from '../support/fake-wildfire/fake-wildfire.js';
import { wildfirePuppet, wildfireRequest, wildfireText } from '../support/wildfire-bot.js';
import { type RolesHarness, rolesContract } from './roles-contract.js';

async function startWildfire(): Promise<RolesHarness> {
  const fake = await FakeWildfire.start();
  const { groups, friends } = fake.world;
  friends.add('robot/alice');
  const group = () => {
    const one = groups.get('g1');
    if (one === undefined) throw new Error('There is g1.');
    return one;
  };
  let uid = 2n ** 53n;
  return {
    create: () =>
      wildfirePuppet(fake, {
        admin: { server: fake.api.adminUrl, secret: fake.world.adminSecret },
      }),
    inRoom: ({ from, text }) => {
      uid += 1n;
      const payload = textPayload(text);
      const body = { messageId: uid, sender: from, payload, timestamp: Date.now() };
      return wildfireRequest('robot', messageBody(body));
    },
    inPrivate: (message) => wildfireRequest('robot', wildfireText(message)),
    giveTo: (owner) => {
      groups.set('g1', { ...group(), owner });
      return wildfireRequest('group.info', { operatorId: 'alice', groupId: 'g1', type: 2 });
    },
    promote: (member) => {
      groups.set('g1', { ...group(), managers: [member] });
      const body = { operatorId: 'alice', groupId: 'g1', memberIds: [member], type: 3, value: '1' };
      return wildfireRequest('group.member', body);
    },
    befriend: (person, isFriend) => {
      if (isFriend) friends.add(`robot/${person}`);
      else friends.delete(`robot/${person}`);
      const value = isFriend ? '1' : '0';
      const body = { userId: person, targetId: 'robot', type: 0, value };
      return wildfireRequest('user.relation', body);
    },
    hold: (until) => {
      for (const path of ['user/get_info', 'relation/get', 'group/get_info', 'group/member/list']) {
        fake.api.holds.set(`/admin/${path}`, until);
      }
    },
    asked: () => fake.api.received.filter((path) => path === '/admin/group/member/list').length,
    close: () => fake.close(),
  };
}

rolesContract('WildfireChat robot', startWildfire);
