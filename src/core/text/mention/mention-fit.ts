/**
 * How well a name that stands behind an `@` is a mention.
 *
 * - `whole`: the name ends there: white space, a mark or nothing follows
 * - `joined`: another mention follows at once
 * - `loose`: words follow at once, or an address could be meant; a mention if ids say who is meant
 */
export type MentionFit = 'whole' | 'joined' | 'loose';

/** What WeChat puts behind a mention. */
const mentionSpace = '\u2005';
/** What may follow a name: white space, and marks that names do not have. */
const boundary = /^[\s,，。!！?？:：;；、~～…)）\]】」』》”’]$/u;
const sign = /^[@＠]$/u;
/** What may stand before the `@` of an address; Han and other scripts have no spaces: 请@小助手. */
const addressLead =
  /(?![\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Hang}\p{sc=Thai}])[\p{L}\p{N}_.+-]$/u;
const wordStart = /^[\w-]/u;
/** A command, at the beginning or behind white space: `/stop@bot`. */
const command = /(?:^|\s)\/[\w.-]{1,62}$/u;
const commandReach = 64;

/** Where a name stands: behind the sign at `at`, up to `end`. */
export interface MentionPlace {
  readonly text: string;
  readonly at: number;
  readonly end: number;
}

/** How well the name fits, `undefined` when it is none: `@bot` in `@botany`, `mail@bot.com`. */
export function mentionFit(place: MentionPlace): MentionFit | undefined {
  const { text, at, end } = place;
  const next = text.charAt(end);
  const lead = text.slice(Math.max(0, at - 2), at);
  if (addressLead.test(lead)) return fitBehindLetters(place, next);
  if (endsName(text, end)) return 'whole';
  if (sign.test(next)) return 'joined';
  return goesOn(place) ? undefined : 'loose';
}

/** A letter stands before the `@`: mostly that is an address. */
function fitBehindLetters(place: MentionPlace, next: string): MentionFit | undefined {
  const { text, at, end } = place;
  if (next === mentionSpace) return 'whole';
  const isCommand = command.test(text.slice(Math.max(0, at - commandReach), at));
  // No domain is spelled in other letters by people who chat, and none ends before a full stop.
  const isDomain = isAscii(text, at + 1) || next === '.';
  if (isDomain && !isCommand) return undefined;
  if (endsName(text, end)) return 'whole';
  if (sign.test(next)) return 'joined';
  return goesOn(place) || next === '.' ? undefined : 'loose';
}

function endsName(text: string, end: number): boolean {
  if (end === text.length || boundary.test(text.charAt(end))) return true;
  // A full stop, but no domain.
  return text.charAt(end) === '.' && /^(?:\s|$)/u.test(text.charAt(end + 1));
}

/** A name of Latin letters goes on as long as such letters follow. */
function goesOn({ text, end }: MentionPlace): boolean {
  return wordStart.test(text.charAt(end)) && wordStart.test(text.charAt(end - 1));
}

function isAscii(text: string, at: number): boolean {
  return text.charCodeAt(at) < 0x80;
}
