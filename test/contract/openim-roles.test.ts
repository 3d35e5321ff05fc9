import { startFakeOpenIM } from '../support/fake-openim/fake-openim.js';
import { openIMPuppet, openIMRequest, openIMText } from '../support/openim-bot.js';
import { callbackBodies } from '../support/openim-callbacks.js';
import { type RolesHarness, rolesContract } from './roles-contract.js';

async function startOpenIM(): Promise<RolesHarness> {
  const fake = await startFakeOpenIM();
  const { groups, users, friends } = fake.world;
  const group = () => {
    const one = groups.get('g1');
    if (one === undefined) throw new Error('There is g1.');
    return one;
  };
  const apis = [
    '/user/get_users_info',
    '/friend/get_designated_friends',
    '/group/get_groups_info',
    '/group/get_group_member_list',
  ];
  return {
    create: () => openIMPuppet(fake),
    inRoom: ({ id, from, text }) =>
      openIMRequest('callbackAfterSendGroupMsgCommand', {
        ...callbackBodies.callbackAfterSendGroupMsgCommand,
        sendID: from,
        clientMsgID: id,
        serverMsgID: `s-${id}`,
        sendTime: Date.now(),
        content: JSON.stringify({ content: text }),
      }),
    inPrivate: (message) => openIMRequest('callbackAfterSendSingleMsgCommand', openIMText(message)),
    giveTo: (owner) => {
      const { members } = group();
      const [oldOwnerUserID] = members;
      members.sort((one, other) => Number(other === owner) - Number(one === owner));
      const body = { groupID: 'g1', oldOwnerUserID, newOwnerUserID: owner };
      return openIMRequest('callbackAfterTransferGroupOwnerCommand', body);
    },
    promote: (userID) => {
      groups.set('g1', { ...group(), admins: [userID] });
      const body = { ...callbackBodies.callbackAfterSetGroupMemberInfoCommand, userID };
      return openIMRequest('callbackAfterSetGroupMemberInfoCommand', { ...body, roleLevel: 60 });
    },
    befriend: (person, isFriend) => {
      if (isFriend) friends.set(`bot/${person}`, '');
      else friends.delete(`bot/${person}`);
      return isFriend
        ? openIMRequest('callbackAfterAddFriendAgreeCommand', {
            ...callbackBodies.callbackAfterAddFriendAgreeCommand,
            fromUserID: person,
          })
        : openIMRequest('callbackAfterDeleteFriendCommand', {
            ownerUserID: 'bot',
            friendUserID: person,
          });
    },
    official: (person) => {
      const user = users.get(person);
      if (user) users.set(person, { ...user, appMangerLevel: 3 });
    },
    hold: (until) => {
      for (const api of apis) fake.hold(api, until);
    },
    asked: () => fake.calls.filter(({ api }) => api === '/group/get_group_member_list').length,
    close: () => fake.close(),
  };
}

rolesContract('OpenIM', startOpenIM);
