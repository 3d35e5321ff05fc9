import { createHash, randomUUID } from 'node:crypto';
import { z } from 'zod';
import { checkContent } from './content-rules.js';
import { FakeError } from './fake-error.js';
import { conversationOf, type FakeWorld } from './world.js';

/** One call: takes the body, gives the `data`. */
export type FakeCall = (body: unknown) => unknown;

const names = z.array(z.string()).min(1);
const sendSchema = z.object({
  sendID: z.string().min(1),
  recvID: z.string().optional(),
  groupID: z.string().optional(),
  senderNickname: z.string().default(''),
  senderFaceURL: z.string().default(''),
  senderPlatformID: z.int().default(0),
  content: z.record(z.string(), z.unknown()),
  contentType: z.int().positive(),
  sessionType: z.int().positive(),
  ex: z.string().default(''),
});

/** The calls of the API, over one world. */
export function createCalls(world: FakeWorld): Readonly<Record<string, FakeCall>> {
  const send: FakeCall = (body) => {
    const sent = parsed(sendSchema, body);
    checkContent(sent.contentType, sent.content, world.version === 'main');
    const { recvID = '', groupID = '' } = sent;
    if (sent.sessionType === 3) checkGroup(world, sent.sendID, groupID);
    else if (sent.sessionType !== 1 || recvID === '') throw new FakeError(1001, 'recvID is empty');
    else if (!world.users.has(recvID)) throw new FakeError(1101, 'user not found');
    const clientMsgID = createHash('md5').update(randomUUID()).digest('hex');
    if (world.deaf.has(recvID))
      return { serverMsgID: '', clientMsgID: '', sendTime: 0, modify: null };
    const conversationID = conversationOf(sent.sendID, recvID, groupID);
    const seq = (world.seqs.get(conversationID) ?? 0) + 1;
    world.seqs.set(conversationID, seq);
    const sendTime = Date.now();
    world.shown.push({ ...sent, recvID, groupID, clientMsgID, conversationID, seq, sendTime });
    return { serverMsgID: randomUUID(), clientMsgID, sendTime, modify: null };
  };
  return {
    '/msg/send_msg': send,
    '/msg/revoke_msg': (body) => {
      const schema = z.object({
        conversationID: z.string(),
        seq: z.int().positive(),
        userID: z.string(),
      });
      const { conversationID, seq } = parsed(schema, body);
      const at = world.shown.findIndex(
        (one) => one.conversationID === conversationID && one.seq === seq,
      );
      if (at < 0) throw new FakeError(1004, 'record not found');
      world.shown.splice(at, 1);
      return undefined;
    },
    ...readCalls(world),
    ...userCalls(world),
    ...groupCalls(world),
  };
}

function readCalls(world: FakeWorld): Readonly<Record<string, FakeCall>> {
  return {
    '/msg/get_conversations_has_read_and_max_seq': (body) => {
      const { conversationIDs } = parsed(
        z.object({ userID: z.string(), conversationIDs: names }),
        body,
      );
      const entries = conversationIDs.map((id) => [
        id,
        { maxSeq: world.seqs.get(id) ?? 0, hasReadSeq: 0, maxSeqTime: 0 },
      ]);
      return { seqs: Object.fromEntries(entries) as object };
    },
    '/msg/pull_msg_by_seq': (body) => {
      const range = z.object({
        conversationID: z.string(),
        begin: z.int(),
        end: z.int(),
        num: z.int().positive(),
      });
      const { seqRanges } = parsed(
        z.object({ userID: z.string(), seqRanges: z.array(range), order: z.int() }),
        body,
      );
      const pages = seqRanges.map(({ conversationID, begin, end, num }) => {
        const found = world.shown
          .filter(
            (one) => one.conversationID === conversationID && one.seq >= begin && one.seq <= end,
          )
          .slice(-num);
        const Msgs = found.map((one) => ({
          sendTime: 0,
          ...one,
          content: Buffer.from(JSON.stringify(one.content)).toString('base64'),
        }));
        return [
          conversationID,
          { Msgs: Msgs.length === 0 ? null : Msgs, isEnd: true, endSeq: end },
        ];
      });
      return { msgs: Object.fromEntries(pages) as object };
    },
  };
}

function userCalls(world: FakeWorld): Readonly<Record<string, FakeCall>> {
  return {
    '/user/get_users_info': (body) => {
      const { userIDs } = parsed(z.object({ userIDs: names }), body);
      const usersInfo = userIDs.flatMap((id) => world.users.get(id) ?? []);
      return { usersInfo: usersInfo.length === 0 ? null : usersInfo };
    },
    '/friend/get_designated_friends': (body) => {
      const { ownerUserID, friendUserIDs } = parsed(
        z.object({ ownerUserID: z.string(), friendUserIDs: names }),
        body,
      );
      const friendsInfo = friendUserIDs.map((id) => {
        const remark = world.friends.get(`${ownerUserID}/${id}`);
        if (remark === undefined) throw new FakeError(1004, 'record not found');
        return { ownerUserID, remark, friendUser: world.users.get(id) };
      });
      return { friendsInfo };
    },
    '/friend/add_friend_response': (body) => {
      const schema = z.object({
        fromUserID: z.string(),
        toUserID: z.string(),
        handleResult: z.literal(1),
        handleMsg: z.string(),
      });
      const { fromUserID, toUserID } = parsed(schema, body);
      if (world.friends.has(`${toUserID}/${fromUserID}`)) throw new FakeError(1305, 'handled');
      world.friends.set(`${toUserID}/${fromUserID}`, '');
      return undefined;
    },
    '/friend/add_friend': (body) => {
      const { toUserID } = parsed(
        z.object({ fromUserID: z.string(), toUserID: z.string(), reqMsg: z.string() }),
        body,
      );
      if (!world.users.has(toUserID)) throw new FakeError(1101, 'user not found');
      return undefined;
    },
  };
}

function groupCalls(world: FakeWorld): Readonly<Record<string, FakeCall>> {
  return {
    '/group/get_groups_info': (body) => {
      const { groupIDs } = parsed(z.object({ groupIDs: names }), body);
      const groupInfos = groupIDs.flatMap((id) => {
        const group = world.groups.get(id);
        if (group === undefined) return [];
        const { groupID, groupName, members } = group;
        return {
          groupID,
          groupName,
          ownerUserID: members[0],
          memberCount: members.length,
          status: 0,
        };
      });
      return { groupInfos: groupInfos.length === 0 ? null : groupInfos };
    },
    '/group/get_group_members_info': (body) => {
      const { groupID, userIDs } = parsed(z.object({ groupID: z.string(), userIDs: names }), body);
      const members = world.groups.get(groupID)?.members ?? [];
      const found = userIDs
        .filter((id) => members.includes(id))
        .map((userID) => ({ groupID, userID }));
      return { members: found.length === 0 ? null : found };
    },
    '/group/get_group_member_list': (body) => {
      const schema = z.object({
        groupID: z.string(),
        filter: z.int().min(0).max(5),
        keyword: z.string(),
        pagination: z.object({ pageNumber: z.int().min(1), showNumber: z.int().min(1) }),
      });
      const { groupID, pagination } = parsed(schema, body);
      const group = world.groups.get(groupID);
      if (group === undefined) throw new FakeError(1004, 'record not found');
      const from = (pagination.pageNumber - 1) * pagination.showNumber;
      const members = group.members
        .slice(from, from + pagination.showNumber)
        .map((userID, index) => ({
          groupID,
          userID,
          roleLevel: from + index === 0 ? 100 : group.admins?.includes(userID) ? 60 : 20,
          nickname: world.users.get(userID)?.nickname ?? userID,
          faceURL: world.users.get(userID)?.faceURL ?? '',
        }));
      return { total: group.members.length, members: members.length === 0 ? null : members };
    },
  };
}

function checkGroup(world: FakeWorld, sendID: string, groupID: string): void {
  const group = world.groups.get(groupID);
  if (group === undefined) throw new FakeError(1201, 'group not found');
  if (!group.members.includes(sendID)) throw new FakeError(1203, 'not in group');
  if (group.muted === true) throw new FakeError(1403, 'group is muted');
}

/** @throws FakeError 1001 for a body of another form, as Go's binding does */
export function parsed<T>(schema: z.ZodType<T>, body: unknown): T {
  const found = schema.safeParse(body);
  if (found.success) return found.data;
  throw new FakeError(1001, JSON.stringify(found.error.issues));
}
