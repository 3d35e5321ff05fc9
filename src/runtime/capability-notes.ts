import type { Bilingual } from '../core/language.js';
import type { Capabilities } from '../core/puppet-extras.js';
import type { Rule } from '../core/rule.js';

interface Wish {
  readonly capability: keyof Capabilities;
  readonly of: (rule: Rule) => boolean;
  readonly text: Bilingual;
}

/** What rules may ask of a platform, and what becomes of it where the platform cannot. */
const wishes: readonly Wish[] = [
  {
    capability: 'quote',
    of: ({ reply }) => reply.speak && reply.quote,
    text: { en: 'wants quoting, it will be imitated as text', zh: '需要引用，将以文本模拟' },
  },
  {
    capability: 'mention',
    of: ({ reply }) => reply.speak && reply.mention,
    text: {
      en: 'wants to mention people, it will be written as text',
      zh: '需要 @ 人，将写成文本',
    },
  },
  {
    capability: 'rooms',
    of: ({ trigger, users }) => isRoomsOnly(trigger.in) || onlyRooms(users),
    text: { en: 'is for group chats, it never matches here', zh: '只用于群聊，在此不会触发' },
  },
  {
    capability: 'tags',
    of: ({ users }) => users?.tags !== undefined || users?.except?.tags !== undefined,
    text: { en: 'asks for tags, nobody has any here', zh: '用到标签，而此处的联系人没有标签' },
  },
];

function isRoomsOnly(places: Rule['trigger']['in']): boolean {
  return !places.includes('private');
}

function onlyRooms(users: Rule['users']): boolean {
  return users?.rooms !== undefined && users.contacts === undefined && users.tags === undefined;
}

/**
 * What the rules in force want and a platform cannot, one sentence for each rule and wish.
 *
 * @param platform as it is called in the log
 */
export function capabilityNotes(
  platform: string,
  capabilities: Capabilities,
  rules: readonly Rule[],
): readonly Bilingual[] {
  const missing = wishes.filter(({ capability }) => !capabilities[capability]);
  return rules
    .filter((rule) => rule.enabled)
    .flatMap((rule) =>
      missing
        .filter((wish) => wish.of(rule))
        .map(({ text }) => ({
          en: `Rule "${rule.name}" ${text.en} (${platform}).`,
          zh: `规则“${rule.name}”${text.zh}（${platform}）。`,
        })),
    );
}
