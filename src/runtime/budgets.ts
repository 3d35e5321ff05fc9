import type { BotEvent } from '../core/event.js';
import type { Limit, Per, Rule } from '../core/rule.js';
import type { Store } from '../core/store.js';

/** What the cooldown and the limit of a rule say of one event. */
export type Verdict =
  | { readonly kind: 'through' }
  /** `notice`: to be said, once per period. */
  | { readonly kind: 'silenced'; readonly by: 'cooldown' | 'limit'; readonly notice?: string };

/**
 * Asks a rule's cooldown, then its limit. An event that a cooldown silences does not count
 * against the limit.
 */
export async function askBudgets(store: Store, rule: Rule, event: BotEvent): Promise<Verdict> {
  const { cooldown, limit } = rule.trigger;
  if (cooldown !== undefined) {
    const key = keyOf('cooldown', rule, event, cooldown.per);
    const budget = { count: 1, everyMs: cooldown.everyMs, ...personOf(event, cooldown.per) };
    if (!(await store.admit(key, event.id, budget))) return { kind: 'silenced', by: 'cooldown' };
  }
  if (limit === undefined) return { kind: 'through' };
  const budget = { count: limit.count, everyMs: limit.everyMs, ...personOf(event, limit.per) };
  if (await store.admit(keyOf('limit', rule, event, limit.per), event.id, budget)) {
    return { kind: 'through' };
  }
  return { kind: 'silenced', by: 'limit', ...(await noticeOf(store, rule, event, limit)) };
}

async function noticeOf(
  store: Store,
  rule: Rule,
  event: BotEvent,
  limit: Limit,
): Promise<{ notice?: string }> {
  if (limit.notice === undefined) return {};
  const key = keyOf('notice', rule, event, limit.per);
  const budget = { count: 1, everyMs: limit.everyMs, ...personOf(event, limit.per) };
  const first = await store.admit(key, event.id, budget);
  return first ? { notice: limit.notice } : {};
}

function keyOf(kind: string, rule: Rule, event: BotEvent, per: Per): string {
  const whose = {
    user: event.user.id,
    conversation: event.conversation?.id ?? '',
    rule: '',
  }[per];
  return JSON.stringify([kind, event.botId, rule.name, per, whose]);
}

/** Whom a key is about: the user, or the other side of a private conversation. */
function personOf({ user, conversation }: BotEvent, per: Per): { readonly person?: string } {
  if (per === 'user') return { person: user.id };
  const isPrivate = per === 'conversation' && conversation?.kind === 'contact';
  return isPrivate ? { person: conversation.id } : {};
}
