import type { Bilingual } from '../../core/language.js';
import { eventNames, messageTypes } from '../../core/names.js';
import type { Entry, Rule, UserSet } from '../../core/rule.js';
import { typeName } from '../../rules/conditions/wording.js';

/** Who and what sets a rule off, on one line that an operator can read. */
export function triggerText(rule: Rule): Bilingual {
  const parts = [
    eventsPart(rule),
    keywordsPart(rule),
    placePart(rule),
    mentionPart(rule),
    ...peopleParts(rule),
    ...otherParts(rule),
  ].filter((part) => part !== undefined);
  return {
    en: parts.map(({ en }) => en).join('; '),
    zh: parts.map(({ zh }) => zh).join('；'),
  };
}

type Part = Bilingual | undefined;

function eventsPart({ trigger: { on } }: Rule): Part {
  const others = on.filter((name) => name !== 'message');
  if (others.length === 0) return undefined;
  const all = on.includes('message') ? [{ en: 'a message', zh: '消息' }] : [];
  const names = others.map((name) => eventNames[name] ?? { en: name, zh: name });
  return either([...all, ...names]);
}

const verbs: Readonly<Record<Rule['match'], Bilingual>> = {
  contains: { en: 'contains', zh: '包含' },
  equals: { en: 'is', zh: '等于' },
  startsWith: { en: 'begins with', zh: '开头为' },
  endsWith: { en: 'ends with', zh: '结尾为' },
  regex: { en: 'matches', zh: '匹配正则' },
  glob: { en: 'matches', zh: '匹配通配符' },
};

function keywordsPart({ keywords, match, keywordMode, trigger }: Rule): Part {
  if (!trigger.on.includes('message') && keywords.length === 0) return undefined;
  if (keywords.length === 0) return kindsPart(trigger.types);
  const all = keywordMode === 'all';
  const shown = shortList(keywords);
  const en = shown.en.join(all ? ' and ' : ' or ');
  const zh = shown.zh.join(all ? '、且' : '或');
  return { en: `${verbs[match].en} ${en}`, zh: `${verbs[match].zh}${zh}` };
}

function kindsPart(types: Rule['trigger']['types']): Bilingual {
  if (types === 'any') return { en: 'any message', zh: '任何消息' };
  const names = types.map(typeName);
  if (names.length === 1 && names[0] === 'Text') return { en: 'any text', zh: '任何文本' };
  const zh = names.map((name) => messageTypes[name]?.zh ?? name);
  return { en: `messages: ${names.join(', ')}`, zh: `消息类型：${zh.join('、')}` };
}

function placePart({ trigger }: Rule): Part {
  if (trigger.in.length !== 1) return undefined;
  return trigger.in[0] === 'room'
    ? { en: 'in rooms', zh: '群聊' }
    : { en: 'in private', zh: '私聊' };
}

function mentionPart({ trigger: { mention } }: Rule): Part {
  if (mention === undefined) return undefined;
  if (mention === 'me') return { en: '@ the bot', zh: '@机器人' };
  if (mention === 'all') return { en: '@ everybody', zh: '@所有人' };
  const { en, zh } = shortList(mention.map(nameOf));
  return { en: `@ ${en.join(' or ')}`, zh: `@${zh.join('或')}` };
}

function peopleParts({ users }: Rule): readonly Part[] {
  if (users === undefined) return [];
  const { except } = users;
  return [
    whoPart(users, { en: 'from', zh: '来自' }),
    except && whoPart(except, { en: 'not from', zh: '除外' }),
  ];
}

function whoPart({ contacts, tags, rooms, roles }: UserSet, word: Bilingual): Part {
  const kinds: readonly (readonly [Bilingual, readonly string[] | undefined])[] = [
    [{ en: '', zh: '' }, contacts?.map(nameOf)],
    [{ en: 'tag ', zh: '标签' }, tags?.map(nameOf)],
    [{ en: 'room ', zh: '群' }, rooms?.map(nameOf)],
    [{ en: 'role ', zh: '身份' }, roles],
  ];
  const lists = kinds.flatMap(([kind, names]) => {
    if (names === undefined) return [];
    const { en, zh } = shortList(names);
    return [{ en: `${kind.en}${en.join(', ')}`, zh: `${kind.zh}${zh.join('、')}` }];
  });
  const { en, zh } = either(lists);
  return { en: `${word.en} ${en}`, zh: `${word.zh}${zh}` };
}

function otherParts({ trigger }: Rule): readonly Part[] {
  const { from, schedule, cooldown, limit, probability } = trigger;
  return [
    from === 'self' ? { en: 'said by the bot itself', zh: '机器人自己发出' } : undefined,
    from === 'any' ? { en: 'said by anybody, the bot too', zh: '任何人，含机器人自己' } : undefined,
    schedule && { en: 'at certain times', zh: '限定时段' },
    cooldown && {
      en: `once in ${seconds(cooldown.everyMs)} s`,
      zh: `每 ${seconds(cooldown.everyMs)} 秒一次`,
    },
    limit && {
      en: `at most ${limit.count} in ${seconds(limit.everyMs)} s`,
      zh: `每 ${seconds(limit.everyMs)} 秒最多 ${limit.count} 次`,
    },
    probability < 1
      ? { en: `${percent(probability)} of them`, zh: `概率 ${percent(probability)}` }
      : undefined,
  ];
}

const mostShown = 3;

function shortList(values: readonly string[]): Readonly<Record<'en' | 'zh', readonly string[]>> {
  const shown = values.slice(0, mostShown);
  const more = values.length - shown.length;
  return {
    en: [...shown.map((value) => `"${value}"`), ...(more > 0 ? [`${more} more`] : [])],
    zh: [...shown.map((value) => `“${value}”`), ...(more > 0 ? [`另外 ${more} 项`] : [])],
  };
}

function either(parts: readonly Bilingual[]): Bilingual {
  return {
    en: parts.map(({ en }) => en).join(' or '),
    zh: parts.map(({ zh }) => zh).join('或'),
  };
}

function nameOf(entry: Entry): string {
  if (entry.kind === 'id') return entry.id;
  const { pattern } = entry;
  return pattern.kind === 'text' ? pattern.text : `/${pattern.source}/${pattern.flags}`;
}

function seconds(ms: number): string {
  return String(Number((ms / 1000).toFixed(1)));
}

function percent(share: number): string {
  return `${Number((share * 100).toPrecision(3))}%`;
}
