import { isVisible, memberOf, show } from '../world.js';
import { refuse } from './refusal.js';
import { jsonOf, onlyFields, type RestRequest } from './request.js';

export function getUser({ world, app, query }: RestRequest) {
  const member = memberOf(world, query['userid'] ?? '');
  if (!member) refuse(60_111, 'userid not found');
  if (!isVisible(app, member)) refuse(60_011, 'no privilege to access/modify contact/party/agent');
  const { userid, name, department = [1] } = member;
  return { userid, name, department, main_department: department[0], status: 1, alias: '' };
}

export function getDepartment({ world, query }: RestRequest) {
  const id = Number(query['id']);
  const name = world.departments.get(id);
  if (name === undefined) refuse(60_003, 'department not found');
  return { department: { id, name, parentid: 0, order: 1 } };
}

export function getTag({ world, query }: RestRequest) {
  const tag = world.tags.get(Number(query['tagid']));
  if (!tag) refuse(40_068, 'invalid tagid');
  const userlist = tag.members.map((userid) => ({
    userid,
    name: memberOf(world, userid)?.name ?? '',
  }));
  return { tagname: tag.name, userlist, partylist: [] };
}

export function getCustomer({ world, query }: RestRequest) {
  const id = query['external_userid'] ?? '';
  if (!/^w[mo]/u.test(id)) refuse(40_096, 'invalid external userid');
  const customer = world.customers.get(id);
  if (!customer) refuse(84_061, 'not external contact');
  return {
    external_contact: { external_userid: id, name: customer.name, type: 1, gender: 0 },
    follow_user: customer.followers.map((userid) => ({ userid, remark: '', tags: [] })),
  };
}

export function getCustomerGroup(request: RestRequest) {
  const body = jsonOf(request);
  onlyFields(body, 'chat_id', 'need_name');
  const id = String(body['chat_id']);
  const group = request.world.customerGroups.get(id);
  if (!group) refuse(49_008, 'group dismissed');
  const members = group.members.map((userid) => ({
    userid,
    type: 1,
    ...(body['need_name'] === 1 && { name: userid }),
  }));
  return {
    group_chat: { chat_id: id, name: group.name, owner: group.owner, member_list: members },
  };
}

/** `externalcontact/send_welcome_msg`: 20 s, one use. */
export function welcome(request: RestRequest) {
  const { world, app } = request;
  const body = jsonOf(request);
  onlyFields(body, 'welcome_code', 'text', 'attachments');
  const code = String(body['welcome_code']);
  const known = world.welcomeCodes.get(code);
  if (!known || known.at + 20_000 <= world.clock.now()) refuse(41_050, 'invalid welcome code');
  world.welcomeCodes.delete(code);
  const content = body['text'] as Record<string, unknown>;
  const { agentId } = app;
  const at = world.clock.now();
  show(world, known.customer, {
    via: 'welcome',
    agentId,
    msgtype: 'text',
    content,
    isCut: false,
    at,
  });
  return {};
}

/** `agent/get` */
export function getAgent({ world, app, query }: RestRequest) {
  const id = Number(query['agentid']);
  if (!world.apps.some(({ agentId }) => agentId === id)) refuse(40_056, 'invalid agentid');
  if (id !== app.agentId) refuse(301_002, 'not allow operate another agent with this accesstoken');
  return { agentid: id, name: app.name, close: app.isDisabled ? 1 : 0 };
}
