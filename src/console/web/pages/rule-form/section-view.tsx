import { useId } from 'react';
import { useLanguage, useText } from '../../language/language.js';
import { Field } from '../../parts/field.js';
import { isReference } from './draft/kept.js';
import { valueAt } from './draft/value-at.js';
import { groups, InputOf } from './inputs/input-of.js';
import { helps, labels } from './layout/labels.js';
import type { FieldSpec, SectionSpec } from './layout/sections.js';
import { texts } from './texts.js';
import type { RuleEditing } from './use-rule-editing.js';

interface Props {
  readonly section: SectionSpec;
  readonly editing: RuleEditing;
}

/** One part of the form: what is set often, and behind a click what is set rarely. */
export function SectionView({ section: { key, title, fields }, editing }: Props) {
  const text = useText();
  const id = useId();
  const isSilent = valueAt(editing.draft, 'reply') === false;
  const shown = fields.filter(({ path }) => !isSilent || !path.startsWith('reply.'));
  const rare = shown.filter(({ isRare }) => isRare === true);
  const set = rare.filter(({ path }) => valueAt(editing.draft, path) !== undefined).length;
  const hasProblems = rare.some(({ path }) => editing.problems.has(path));
  return (
    <section className="box form-section" aria-labelledby={id} data-section={key}>
      <h2 id={id}>{text(title)}</h2>
      {shown
        .filter(({ isRare }) => isRare !== true)
        .map((field) => (
          <FieldView key={field.path} field={field} editing={editing} />
        ))}
      {rare.length > 0 && (
        <details {...(hasProblems && { open: true })}>
          <summary>
            {text(texts.more)}
            {set > 0 && <span className="quiet"> · {text(texts.set(set))}</span>}
          </summary>
          {rare.map((field) => (
            <FieldView key={field.path} field={field} editing={editing} />
          ))}
        </details>
      )}
    </section>
  );
}

/** Where a length of time is asked for. */
const durations = /timeout|backoff|maxDelay|every|within|after|pace|deadline/u;

function matchesPatterns({ draft, inherited }: RuleEditing): boolean {
  const match = valueAt(draft, 'match') ?? inherited('match');
  return match === 'regex' || match === 'glob';
}

function FieldView({
  field: { path, input, isRequired },
  editing,
}: {
  readonly field: FieldSpec;
  readonly editing: RuleEditing;
}) {
  const text = useText();
  const { language } = useLanguage();
  const { schema, draft, isReadOnly } = editing;
  const label = text(labels[path] ?? { en: path, zh: path });
  const said = helps[path] ?? schema.help(path);
  const isDuration = input === 'text' && durations.test(path);
  const isFromEnvironment = isReference(valueAt(draft, path));
  const help = [
    said && text(said),
    isDuration && text(texts.duration),
    isFromEnvironment && text(texts.fromEnvironment),
  ]
    .filter(Boolean)
    .join(language === 'zh' ? '' : ' ');
  return (
    <Field
      label={label}
      help={help === '' ? undefined : help}
      problems={(editing.problems.get(path) ?? []).map((problem) => text(problem.text))}
      isRequired={isRequired === true}
      isGroup={groups.has(input)}
    >
      {(ids) => (
        <InputOf
          kind={input}
          ids={ids}
          path={path}
          label={label}
          value={valueAt(draft, path)}
          inherited={editing.inherited(path)}
          choices={schema.choices(path)}
          isReadOnly={isReadOnly}
          isPatterns={path === 'keywords' && matchesPatterns(editing)}
          onChange={(value) => editing.set(path, value)}
        />
      )}
    </Field>
  );
}
