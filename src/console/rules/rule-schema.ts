import { configJsonSchema, type JsonSchema } from '../../config/json-schema.js';
import { isPlainObject, valueAt } from '../../config/plain-data.js';
import type { RuleSchema } from '../api/contract.js';

let made: RuleSchema | undefined;

/** The form of a rule, out of the schema that checks the file; made once. */
export function ruleSchema(): RuleSchema {
  made ??= {
    schema: withTexts(valueAt(configJsonSchema(), ['properties', 'rules', 'items'])) as JsonSchema,
    blank: { name: '', keywords: [], callback: { url: '' } },
  };
  return made;
}

/** `English. / 中文。` taken apart. */
function withTexts(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(withTexts);
  if (!isPlainObject(part)) return part;
  const { description } = part;
  const texts = typeof description === 'string' ? textsOf(description) : undefined;
  return {
    ...Object.fromEntries(Object.entries(part).map(([key, value]) => [key, withTexts(value)])),
    ...(texts && { 'x-text': texts }),
  };
}

function textsOf(description: string) {
  const at = description.indexOf(' / ');
  if (at < 0) return { en: description, zh: description };
  return { en: description.slice(0, at), zh: description.slice(at + ' / '.length) };
}
