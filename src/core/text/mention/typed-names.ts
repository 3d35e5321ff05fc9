/** A mention as people type it, without knowing any name: up to white space or a mark. */
const typed = /(?<![\w.+-])[@＠]([^\s\u2005@＠,，。!！?？:：;；、~～…]{1,64})/gu;

/** The names that are @-mentioned in a text, where the platform tells no ids. */
export function typedNames(text: string): readonly string[] {
  return Array.from(text.matchAll(typed), (match) => match[1] ?? '');
}
