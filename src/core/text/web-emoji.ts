/**
 * The web protocol's pictures: of an emoji, whose code points stand in the class, or of a sticker
 * of WeChat, whose `[name]` stands beside it.
 */
const picture =
  /<(?:img|span) class="(?:qq)?emoji (?:qq)?emoji([0-9a-f]{1,10})"(?: text="(\[[^\]"<>]{1,32}\])?_web")?[^<>]{0,256}>(?:<\/span>)?/gu;

const maxCodePoint = 0x10_ff_ff;

/** The text with the emoji that the web protocol writes as `<img class="emoji …">` as characters. */
export function showEmoji(text: string): string {
  // Most texts have none, and are not read twice.
  if (!text.includes('emoji')) return text;
  return text.replace(picture, (whole, code: string, name: string | undefined) =>
    whole.includes('qqemoji') ? (name ?? whole) : (charactersOf(code) ?? whole),
  );
}

/** One code point, or two of the same length: a flag or a key. */
function charactersOf(code: string): string | undefined {
  const length = code.length > 5 ? code.length / 2 : code.length;
  const points = [code.slice(0, length), code.slice(length)].filter((one) => one !== '');
  const values = points.map((point) => Number.parseInt(point, 16));
  const areSound =
    Number.isInteger(length) &&
    values.every(
      (value) => value > 0 && value <= maxCodePoint && (value < 0xd800 || value > 0xdfff),
    );
  return areSound ? String.fromCodePoint(...values) : undefined;
}
