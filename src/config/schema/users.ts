import { z } from 'zod';
import { expected } from '../../core/expectation.js';
import { keys } from '../../core/schema-values.js';
import { entries } from './entry.js';

const roles = ['friend', 'stranger', 'owner', 'admin', 'member', 'official', 'system'] as const;

/** People whom a list may name: by id, name or alias. */
export const contacts = entries('name', 'alias');

const kinds = {
  contacts: contacts
    .exactOptional()
    .describe(
      'People: ids, {name} or {alias}, each a text or /regex/. / 联系人：ID、{name} 或 {alias}，可为文本或 /正则/。',
    ),
  tags: entries('name').exactOptional().describe('Tags of the person. / 联系人所在的标签组。'),
  rooms: entries('topic')
    .exactOptional()
    .describe('Anyone in these rooms: ids or {topic}. / 这些群里的任何人：ID 或 {topic}。'),
  roles: z
    .array(z.enum(roles))
    .min(1)
    .exactOptional()
    .describe('Narrows to these roles. / 仅限这些身份。'),
};

const something = {
  error: expected(
    'at least one of contacts, tags, rooms, roles (leave the key out to mean everybody)',
    'contacts、tags、rooms、roles 中至少一项（不限制时请删去此键）',
  ),
};

const hasKeys = (value: object) => Object.keys(value).length > 0;

/** Who may trigger a rule. An empty list is an error, not "everybody". */
export const users = keys({
  ...kinds,
  except: keys(kinds)
    .refine(hasKeys, something)
    .exactOptional()
    .describe('Who may not, whatever stands above. / 例外：以上任何条件都不适用于他们。'),
}).refine(hasKeys, something);
