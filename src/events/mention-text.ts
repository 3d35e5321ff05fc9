/** What stands behind the `@` when everybody is mentioned. */
export const everybodyNames: readonly string[] = ['所有人', 'all', '全体成员', 'everyone'];

/** Longer names are not looked for, in code units: platforms have none. */
const longestName = 256;

const sign = /[@＠]/gu;
/** What may stand before an `@` that mentions somebody: nothing that would make it an address. */
const before = /[\p{L}\p{N}_.+-]$/u;
/** What WeChat puts behind a mention, and what people type there. */
const behind = /^[\s\u2005,，。!！?？:：;；、~～…]$/u;

/**
 * The first mention of `name` as it stands in `text`, or `undefined`. `@bot` is not found in
 * `@botany`, `@bot-2` or `mail@bot.com`.
 */
export function findMention(text: string, name: string): string | undefined {
  return findMentions(text, [name]).get(name);
}

/**
 * The first mention of each of the names, as it stands in `text`; names that are not mentioned are
 * absent. Goes through the text once, however many names there are.
 */
export function findMentions(text: string, names: readonly string[]): ReadonlyMap<string, string> {
  const wanted = new Set(names.filter((name) => name !== '' && name.length <= longestName));
  const lengths = new Set([...wanted].map((name) => name.length));
  const found = new Map<string, string>();
  for (const { index, 0: at } of text.matchAll(sign)) {
    if (found.size === wanted.size) break;
    if (isInAddress(text, index)) continue;
    for (const length of lengths) {
      const end = index + 1 + length;
      if (!endsAt(text, end)) continue;
      const name = text.slice(index + 1, end);
      if (wanted.has(name) && !found.has(name)) found.set(name, at + name);
    }
  }
  return found;
}

/** Han has no spaces: 请@小助手 mentions, while a Latin letter before the sign is an address. */
function isInAddress(text: string, at: number): boolean {
  const lead = text.slice(Math.max(0, at - 2), at);
  return before.test(lead) && !/\p{Script=Han}$/u.test(lead);
}

function endsAt(text: string, end: number): boolean {
  return end === text.length || behind.test(text.charAt(end));
}

/** The names that are @-mentioned in a text, where the platform tells no ids. */
export function mentionedNames(text: string): readonly string[] {
  const mentions = text.matchAll(
    /(?<![\w.+-])[@＠]([^\s\u2005@＠,，。!！?？:：;；、~～…]{1,64})/gu,
  );
  return Array.from(mentions, (match) => match[1] ?? '');
}
