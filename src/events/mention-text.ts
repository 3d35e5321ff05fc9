/** What stands behind the `@` when everybody is mentioned. */
export const everybodyNames: readonly string[] = ['所有人', 'all', '全体成员', 'everyone'];

/** What may stand before an `@` that mentions somebody: nothing that would make it an address. */
const before = /[\p{L}\p{N}_.+-]$/u;
/** What WeChat puts behind a mention, and what people type there. */
const behind = /^(?:$|[\s\u2005,，。!！?？:：;；、~～…])/u;

/**
 * The mention of `name` as it stands in `text`, or `undefined`. `@bot` is not found in `@botany`,
 * `@bot-2` or `mail@bot.com`.
 */
export function findMention(text: string, name: string): string | undefined {
  if (name === '') return undefined;
  for (let at = text.indexOf(name, 1); at > 0; at = text.indexOf(name, at + 1)) {
    const sign = text[at - 1] ?? '';
    if (sign !== '@' && sign !== '＠') continue;
    // Han has no spaces: 请@小助手 mentions, while a Latin letter before the sign is an address.
    const lead = text.slice(0, at - 1);
    const isAddress = before.test(lead) && !/\p{Script=Han}$/u.test(lead);
    if (!isAddress && behind.test(text.slice(at + name.length))) return sign + name;
  }
  return undefined;
}

/** The names that are @-mentioned in a text, where the platform tells no ids. */
export function mentionedNames(text: string): readonly string[] {
  const mentions = text.matchAll(
    /(?<![\w.+-])[@＠]([^\s\u2005@＠,，。!！?？:：;；、~～…]{1,64})/gu,
  );
  return Array.from(mentions, (match) => match[1] ?? '');
}
