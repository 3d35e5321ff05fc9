import type { Bilingual } from '../../../../../core/language.js';

/** How a key is edited. */
export type InputKind =
  | 'text'
  | 'words'
  | 'number'
  | 'switch'
  | 'choice'
  | 'choices'
  | 'list'
  | 'map'
  | 'secret'
  | 'secrets'
  | 'contacts'
  | 'rooms'
  | 'tags'
  | 'mention'
  | 'fold'
  | 'windows'
  | 'reply'
  | 'examples';

/** One key of a rule in the form. */
export interface FieldSpec {
  readonly path: string;
  readonly input: InputKind;
  /** Shown when somebody asks for more. */
  readonly isRare?: true;
  readonly isRequired?: true;
}

/** Keys that belong together in the head of a person. */
export interface SectionSpec {
  readonly key: string;
  readonly title: Bilingual;
  readonly fields: readonly FieldSpec[];
}

const rare = { isRare: true } as const;

/** The whole form: every key of the schema stands here once, which a test checks. */
export const sections: readonly SectionSpec[] = [
  {
    key: 'rule',
    title: { en: 'The rule', zh: '规则' },
    fields: [
      { path: 'name', input: 'text', isRequired: true },
      { path: 'enabled', input: 'switch' },
    ],
  },
  {
    key: 'when',
    title: { en: 'When: what sets it off', zh: '何时：触发条件' },
    fields: [
      { path: 'keywords', input: 'list' },
      { path: 'match', input: 'choice' },
      { path: 'keywordMode', input: 'choice' },
      { path: 'trigger.in', input: 'choices' },
      { path: 'trigger.mention', input: 'mention' },
      { path: 'trigger.on', input: 'list', ...rare },
      { path: 'trigger.types', input: 'choices', ...rare },
      { path: 'trigger.from', input: 'choice', ...rare },
      { path: 'fold', input: 'fold', ...rare },
      { path: 'searchIn', input: 'choices', ...rare },
      { path: 'strip', input: 'choices', ...rare },
      { path: 'unsafeRegex', input: 'switch', ...rare },
      { path: 'trigger.schedule.windows', input: 'windows', ...rare },
      { path: 'trigger.schedule.timezone', input: 'text', ...rare },
      { path: 'trigger.cooldown.every', input: 'text', ...rare },
      { path: 'trigger.cooldown.per', input: 'choice', ...rare },
      { path: 'trigger.limit.count', input: 'number', ...rare },
      { path: 'trigger.limit.every', input: 'text', ...rare },
      { path: 'trigger.limit.per', input: 'choice', ...rare },
      { path: 'trigger.limit.notice', input: 'words', ...rare },
      { path: 'trigger.probability', input: 'number', ...rare },
      { path: 'stop', input: 'switch', ...rare },
    ],
  },
  {
    key: 'who',
    title: { en: 'Who: who may trigger it', zh: '何人：用户类型' },
    fields: [
      { path: 'users.contacts', input: 'contacts' },
      { path: 'users.tags', input: 'tags' },
      { path: 'users.rooms', input: 'rooms' },
      { path: 'users.roles', input: 'choices' },
      { path: 'users.except.contacts', input: 'contacts', ...rare },
      { path: 'users.except.tags', input: 'tags', ...rare },
      { path: 'users.except.rooms', input: 'rooms', ...rare },
      { path: 'users.except.roles', input: 'choices', ...rare },
    ],
  },
  {
    key: 'where',
    title: { en: 'Where: what is called', zh: '何处：回调' },
    fields: [
      { path: 'callback.url', input: 'secret', isRequired: true },
      { path: 'callback.apiKey', input: 'secret' },
      { path: 'callback.variables', input: 'map' },
      { path: 'callback.timeout', input: 'text' },
      { path: 'callback.secret', input: 'secrets', ...rare },
      { path: 'callback.headers', input: 'map', ...rare },
      { path: 'callback.context', input: 'choices', ...rare },
      { path: 'callback.include', input: 'choices', ...rare },
      { path: 'callback.retry.attempts', input: 'number', ...rare },
      { path: 'callback.retry.backoff', input: 'text', ...rare },
      { path: 'callback.retry.maxDelay', input: 'text', ...rare },
      { path: 'callback.retry.onTimeout', input: 'switch', ...rare },
      { path: 'callback.retry.onBrokenStream', input: 'switch', ...rare },
      { path: 'callback.fallbackUrl', input: 'secret', ...rare },
      { path: 'order', input: 'choice', ...rare },
    ],
  },
  {
    key: 'how',
    title: { en: 'How: what is answered', zh: '如何：答复' },
    fields: [
      { path: 'reply', input: 'reply' },
      { path: 'reply.mention', input: 'switch' },
      { path: 'reply.quote', input: 'switch' },
      { path: 'reply.onFailure', input: 'words' },
      { path: 'reply.onRefusal', input: 'words' },
      { path: 'reply.waiting.after', input: 'text', ...rare },
      { path: 'reply.waiting.text', input: 'words', ...rare },
      { path: 'reply.thinking', input: 'choice', ...rare },
      { path: 'reply.within', input: 'text', ...rare },
      { path: 'reply.pace.min', input: 'text', ...rare },
      { path: 'reply.pace.max', input: 'text', ...rare },
      { path: 'reply.fetch.allow', input: 'list', ...rare },
      { path: 'decide.deadline', input: 'text', ...rare },
      { path: 'decide.onTimeout', input: 'choice', ...rare },
    ],
  },
  {
    key: 'examples',
    title: { en: 'Examples: checked at every load', zh: '示例：每次加载时校验' },
    fields: [{ path: 'examples', input: 'examples' }],
  },
];
