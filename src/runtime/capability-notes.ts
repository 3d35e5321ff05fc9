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

const megabyte = 1024 * 1024;

/**
 * What answers cannot hold on a platform, whichever rule they are for; none where no rule has answers
 * said. Receivers choose the kinds, so this cannot be told of single rules.
 *
 * @param platform as it is called in the log
 */
export function replyNotes(
  platform: string,
  { lacksReplies = [], fileBytes, oneMessage = false }: Capabilities,
  rules: readonly Rule[],
): readonly Bilingual[] {
  if (!rules.some(({ enabled, reply }) => enabled && reply.speak)) return [];
  const kinds = lacksReplies.join(', ');
  const notes: Bilingual[] = [];
  if (oneMessage) {
    notes.push({
      en: `Only the first message of an answer can be said, what follows is not (${platform}).`,
      zh: `每个回答只能发送第一条消息，其后的不会发送（${platform}）。`,
    });
  }
  if (kinds !== '') {
    notes.push({
      en: `Replies of these types are said as text, or left out: ${kinds} (${platform}).`,
      zh: `以下类型的回复将改为文本，或略去：${kinds}（${platform}）。`,
    });
  }
  if (fileBytes) notes.push(sizeNote(platform, fileBytes));
  return notes;
}

function sizeNote(platform: string, { min, max }: NonNullable<Capabilities['fileBytes']>) {
  const most = Number.isFinite(max) ? max / megabyte : undefined;
  const over = most === undefined ? '' : ` or more than ${most} MB`;
  const overZh = most === undefined ? '' : `或大于 ${most} MB `;
  return {
    en: `Files of less than ${min} bytes${over} are named in words, or left out (${platform}).`,
    zh: `小于 ${min} 字节${overZh}的文件将以文字说明，或略去（${platform}）。`,
  };
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
