import { memberOf, randomId, type Shown, type World } from '../world.js';
import { card } from './body-shape.js';
import { refuse } from './refusal.js';
import { checkAgent, jsonOf, onlyFields, type RestRequest } from './request.js';

/** Cards that can be updated are those with something to click. */
export function isUpdatable(content: Record<string, unknown>): boolean {
  const type = content['card_type'];
  return typeof type === 'string' && (type.endsWith('_interaction') || 'action_menu' in content);
}

/** A code for one update, as the answer of a sending or the event of a click carries it. */
export function registerCard(world: World, agentId: number, shown: readonly Shown[]): string {
  const code = randomId('resp_');
  world.cards.set(code, { agentId, at: world.clock.now(), shown });
  return code;
}

const threeDays = 72 * 3600 * 1000;

/** The card of a code that is still good; the code is used up. */
function useCode({ world, app }: RestRequest, code: unknown) {
  const known = world.cards.get(String(code));
  if (!known || known.agentId !== app.agentId) refuse(40_058, 'response_code');
  if (known.isUsed || known.at + threeDays <= world.clock.now()) refuse(40_058, 'response_code');
  known.isUsed = true;
  return known;
}

function listField(body: Record<string, unknown>, key: string, isEntry: (id: unknown) => boolean) {
  const value = body[key] ?? [];
  if (!Array.isArray(value) || !value.every(isEntry)) refuse(40_058, `${key} is no such list`);
  return value as unknown[];
}

const isText = (id: unknown) => typeof id === 'string';

/** The content that an update leads to. */
function changeOf({ button, template_card: next }: Record<string, unknown>) {
  if ((button === undefined) === (next === undefined)) refuse(40_058, 'button or template_card');
  if (next !== undefined) {
    const parsed = card.safeParse(next);
    if (!parsed.success) refuse(40_058, 'template_card');
    return () => parsed.data as Record<string, unknown>;
  }
  const { replace_name: replaced } = button as { replace_name?: unknown };
  if (typeof replaced !== 'string') refuse(40_058, 'replace_name');
  return (old: Record<string, unknown>) => ({ ...old, replaced });
}

const fields = ['userids', 'partyids', 'tagids', 'atall', 'agentid', 'response_code', 'button'];

/** `message/update_template_card`: lists here, not ids joined with `|`. */
export function updateCard(request: RestRequest) {
  const { world } = request;
  const body = jsonOf(request);
  onlyFields(body, ...fields, 'template_card');
  checkAgent(request, body['agentid']);
  const users = listField(body, 'userids', isText).map((id) => String(id).toLowerCase());
  const parties = listField(body, 'partyids', Number.isInteger);
  const tags = listField(body, 'tagids', Number.isInteger);
  const invalid = users.filter((id) => !memberOf(world, id));
  const asked = users.length + parties.length + tags.length;
  if (body['atall'] !== 1 && asked === 0) refuse(82_001, 'nobody');
  if (asked > 0 && invalid.length === asked) refuse(81_013, 'all invalid');
  const change = changeOf(body);
  for (const each of useCode(request, body['response_code']).shown) {
    each.content = change(each.content);
  }
  return invalid.length > 0 ? { invaliduser: invalid } : {};
}
