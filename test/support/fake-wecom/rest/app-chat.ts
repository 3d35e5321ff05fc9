import { drop, type FakeChat, keepsPace, memberOf, randomId, show } from '../world.js';
import { readContent } from './body-shape.js';
import { refuse } from './refusal.js';
import { jsonOf, onlyFields, type RestRequest, textField, textList } from './request.js';

/** Chats are for apps whose visible range is the root department. */
function checkRange({ app }: RestRequest): void {
  if (app.visible !== undefined) refuse(48_002, 'api forbidden');
}

function chatOf({ world, app }: RestRequest, id: string | undefined): FakeChat {
  const chat = world.chats.get(id ?? '');
  if (!chat || chat.agentId !== app.agentId) refuse(86_003, 'invalid chatid');
  return chat;
}

function known({ world }: RestRequest, users: readonly string[]): string[] {
  return users.flatMap((id) => memberOf(world, id)?.userid ?? refuse(40_003, 'invalid userid'));
}

export function createChat(request: RestRequest) {
  checkRange(request);
  const { world, app } = request;
  const body = jsonOf(request);
  onlyFields(body, 'name', 'owner', 'userlist', 'chatid');
  const userlist = known(request, textList(body, 'userlist') ?? []);
  if (userlist.length < 2 || userlist.length > 2000) refuse(40_058, 'userlist');
  const chatid = textField(body, 'chatid') ?? randomId('chat');
  if (world.chats.has(chatid)) refuse(86_001, 'chatid exists');
  const owner = textField(body, 'owner') ?? userlist[0] ?? '';
  if (!userlist.includes(owner)) refuse(40_058, 'owner');
  const name = textField(body, 'name') ?? '群聊';
  world.chats.set(chatid, { chatid, agentId: app.agentId, name, owner, userlist });
  return { chatid };
}

export function updateChat(request: RestRequest) {
  checkRange(request);
  const body = jsonOf(request);
  onlyFields(body, 'chatid', 'name', 'owner', 'add_user_list', 'del_user_list');
  const chat = chatOf(request, textField(body, 'chatid'));
  const gone = known(request, textList(body, 'del_user_list') ?? []);
  const added = known(request, textList(body, 'add_user_list') ?? []);
  chat.userlist = [...new Set([...chat.userlist, ...added])].filter((id) => !gone.includes(id));
  chat.name = textField(body, 'name') ?? chat.name;
  chat.owner = textField(body, 'owner') ?? chat.owner;
  return {};
}

export function getChat(request: RestRequest) {
  checkRange(request);
  const { agentId: _agentId, ...chat } = chatOf(request, request.query['chatid']);
  return { chat_info: chat };
}

const chatTypes = [
  'text',
  'image',
  'voice',
  'video',
  'file',
  'textcard',
  'news',
  'mpnews',
  'markdown',
];

/** `appchat/send`: no agentid, no cards; what is too fast for a member is dropped silently. */
export function sendToChat(request: RestRequest) {
  checkRange(request);
  const { world, app } = request;
  const body = jsonOf(request);
  onlyFields(body, 'chatid', 'msgtype', 'safe', String(body['msgtype']));
  const chat = chatOf(request, textField(body, 'chatid'));
  const { msgtype, content, isCut } = readContent(world, body, chatTypes);
  for (const userid of chat.userlist) {
    if (!keepsPace(world, `chat:${userid}`, [[200, 60_000]])) {
      drop(world, userid);
      continue;
    }
    const { agentId } = app;
    const at = world.clock.now();
    show(world, userid, { via: 'chat', agentId, msgtype, content, isCut, chatId: chat.chatid, at });
  }
  return {};
}
