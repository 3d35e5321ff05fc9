import { type FakeMember, isVisible, memberOf, type World } from '../world.js';
import { refuse } from './refusal.js';
import { type RestRequest, textField } from './request.js';

/** Who gets a message, and who does not; the ids of members in lower case. */
export interface FakeRecipients {
  readonly reached: readonly FakeMember[];
  readonly invaliduser: readonly string[];
  readonly unlicenseduser: readonly string[];
  readonly invalidparty: readonly string[];
  readonly invalidtag: readonly string[];
}

/** Splits `a|b`; nothing for an absent field. */
function ids(body: Record<string, unknown>, key: string, most: number): string[] {
  const list = (textField(body, key) ?? '').split('|').filter((id) => id !== '');
  if (list.length > most) refuse(40_058, `${key} too many`);
  return list;
}

function membersOf(world: World, parties: readonly string[], tags: readonly string[]) {
  const tagged = new Set(tags.flatMap((id) => world.tags.get(Number(id))?.members ?? []));
  return world.members.filter(
    ({ userid, department = [] }) =>
      tagged.has(userid) || department.some((id) => parties.includes(String(id))),
  );
}

export function recipientsOf(
  { world, app }: RestRequest,
  body: Record<string, unknown>,
): FakeRecipients {
  const users = ids(body, 'touser', 1000);
  const parties = ids(body, 'toparty', 100);
  const tags = ids(body, 'totag', 100);
  const asked = [...users, ...parties, ...tags];
  if (asked.length === 0) refuse(82_001, 'no recipient');
  const visible = world.members.filter((member) => isVisible(app, member));
  const isForAll = users.includes('@all');
  const named = users.map((id) => visible.find((each) => each === memberOf(world, id)));
  const invaliduser = isForAll ? [] : users.filter((_id, index) => !named[index]);
  const invalidparty = parties.filter((id) => !world.departments.has(Number(id)));
  const invalidtag = tags.filter((id) => !world.tags.has(Number(id)));
  if (invaliduser.length + invalidparty.length + invalidtag.length === asked.length) {
    refuse(81_013, 'user & party & tag all invalid');
  }
  const others = membersOf(world, parties, tags);
  const all = visible.filter((each) => isForAll || named.includes(each) || others.includes(each));
  return {
    reached: all.filter(({ isUnlicensed }) => !isUnlicensed),
    invaliduser: invaliduser.map((id) => id.toLowerCase()),
    unlicenseduser: all
      .filter(({ isUnlicensed }) => isUnlicensed)
      .map(({ userid }) => userid.toLowerCase()),
    invalidparty,
    invalidtag,
  };
}

/** The lists as `message/send` answers them: joined, and absent when empty. */
export function listsOf({ reached: _reached, ...lists }: FakeRecipients) {
  return Object.fromEntries(
    Object.entries(lists).flatMap(([key, list]) =>
      list.length > 0 ? [[key, list.join('|')]] : [],
    ),
  );
}
