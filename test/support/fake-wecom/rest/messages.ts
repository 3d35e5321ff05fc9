import {
  drop,
  type FakeMember,
  keepsPace,
  randomId,
  type Shown,
  show,
  type World,
} from '../world.js';
import { readContent } from './body-shape.js';
import { isUpdatable, registerCard } from './cards.js';
import { listsOf, recipientsOf } from './recipients.js';
import { refuse } from './refusal.js';
import { checkAgent, jsonOf, onlyFields, type RestRequest } from './request.js';

const memberPaces = [
  [30, 60_000],
  [1000, 3_600_000],
] as const;

const sendFields = [
  'touser',
  'toparty',
  'totag',
  'msgtype',
  'agentid',
  'safe',
  'enable_id_trans',
  'enable_duplicate_check',
  'duplicate_check_interval',
];

/** `message/send` */
export function send(request: RestRequest) {
  const { world, app } = request;
  const body = jsonOf(request);
  checkAgent(request, body['agentid']);
  if (app.isDisabled) refuse(50_003, 'app disabled');
  onlyFields(body, ...sendFields, String(body['msgtype']));
  const message = readContent(world, body);
  checkOptions(body, message);
  const recipients = recipientsOf(request, body);
  const msgId = randomId('msg_');
  const shown = isDuplicate(world, app.agentId, body)
    ? []
    : showAll(request, recipients.reached, { ...message, msgId });
  return {
    ...listsOf(recipients),
    msgid: msgId,
    ...(isUpdatable(message.content) && {
      response_code: registerCard(world, app.agentId, shown),
    }),
  };
}

type Message = ReturnType<typeof readContent>;

function checkOptions(body: Record<string, unknown>, { msgtype, content }: Message): void {
  const { safe = 0 } = body;
  if (msgtype === 'text' && 'mentioned_list' in content) refuse(40_058, 'mentioned_list');
  if (![0, 1, 2].includes(safe as number)) refuse(40_058, 'safe');
  if (safe === 2 && msgtype !== 'mpnews') refuse(40_058, 'safe');
  if (body['touser'] === '@all' && msgtype === 'miniprogram_notice') refuse(40_058, '@all');
}

/** Shows a message to everybody whose pace allows it, and drops it silently for the others. */
function showAll(
  { world, app: { agentId } }: RestRequest,
  reached: readonly FakeMember[],
  message: Message & { readonly msgId: string },
): Shown[] {
  const shown: Shown[] = [];
  for (const { userid } of reached) {
    if (keepsPace(world, `${agentId}:${userid.toLowerCase()}`, memberPaces)) {
      const one: Shown = { via: 'send', agentId, ...message, at: world.clock.now() };
      shown.push(one);
      show(world, userid, one);
    } else {
      drop(world, userid);
    }
  }
  return shown;
}

function isDuplicate(world: World, agentId: number, body: Record<string, unknown>): boolean {
  const { enable_duplicate_check: isChecked, duplicate_check_interval: seconds = 1800 } = body;
  if (typeof seconds !== 'number' || seconds > 4 * 3600) refuse(40_058, 'interval');
  const { enable_duplicate_check: _check, duplicate_check_interval: _seconds, ...message } = body;
  const key = `${agentId}:${JSON.stringify(message)}`;
  const last = world.duplicates.get(key);
  const now = world.clock.now();
  if (isChecked === 1 && last !== undefined && now - last <= seconds * 1000) return true;
  world.duplicates.set(key, now);
  return false;
}

const day = 24 * 3600 * 1000;

/** `message/recall` */
export function recall(request: RestRequest) {
  const { world, app } = request;
  const body = jsonOf(request);
  onlyFields(body, 'msgid');
  const found = [...world.shown.values()]
    .flat()
    .filter(({ msgId, agentId }) => msgId === body['msgid'] && agentId === app.agentId);
  const isOld = found.some(({ at }) => at + day <= world.clock.now());
  if (found.length === 0 || isOld) refuse(40_058, 'msgid');
  for (const each of found) each.isRecalled = true;
  return {};
}
