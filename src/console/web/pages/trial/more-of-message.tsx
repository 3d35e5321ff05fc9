import { Input, Select } from 'antd';
import { eventNames, roleNames } from '../../../../core/names.js';
import type { TrialBody } from '../../../api/contract.js';
import { useText } from '../../language/language.js';
import { Field } from '../../parts/field.js';
import { texts } from './texts.js';

interface Props {
  readonly body: TrialBody;
  readonly onChange: (more: Partial<TrialBody>) => void;
}

/** What of a message is rarely told: the event, roles and tags of the person, the time. */
export function MoreOfMessage({ body, onChange }: Props) {
  const text = useText();
  return (
    <details>
      <summary>{text(texts.more)}</summary>
      <Field label={text(texts.event)}>
        {(ids) => (
          <Select
            {...ids}
            value={body.event}
            options={Object.entries(eventNames).map(([name, label]) => ({
              value: name,
              label: text(label),
            }))}
            onChange={(event) => onChange({ event })}
          />
        )}
      </Field>
      <Field label={text(texts.roles)}>
        {(ids) => (
          <Select
            {...ids}
            mode="multiple"
            value={body.roles ?? []}
            options={Object.entries(roleNames).map(([name, label]) => ({
              value: name,
              label: text(label),
            }))}
            onChange={(roles) => onChange({ roles })}
          />
        )}
      </Field>
      <Field label={text(texts.tags)}>
        {(ids) => (
          <Select
            {...ids}
            mode="tags"
            open={false}
            suffixIcon={null}
            placeholder={text(texts.tagsHint)}
            value={body.tags ?? []}
            onChange={(tags) => onChange({ tags })}
          />
        )}
      </Field>
      <Field label={text(texts.at)} help={text(texts.atHelp)}>
        {(ids) => (
          <Input
            {...ids}
            type="datetime-local"
            onChange={({ target }) => onChange({ at: momentOf(target.value) as number })}
          />
        )}
      </Field>
    </details>
  );
}

/** In ms since 1970; undefined for a field that is empty, which JSON leaves out. */
function momentOf(local: string): number | undefined {
  const at = new Date(local).getTime();
  return Number.isNaN(at) ? undefined : at;
}
