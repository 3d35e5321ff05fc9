import { Select } from 'antd';
import { useText } from '../../../language/language.js';
import { typedText } from '../draft/value-at.js';
import { texts } from '../texts.js';
import { EntriesInput } from './entries-input.js';
import type { InputProps } from './input-props.js';

/** Who must be @-mentioned in a room: nobody, the bot, everybody, or certain people. */
export function MentionInput(props: InputProps) {
  const { ids, label, value, inherited, isReadOnly, onChange } = props;
  const text = useText();
  const standing = value ?? inherited;
  const mode = Array.isArray(standing) ? 'some' : typedText(standing) || 'none';
  const choose = (next: string) => {
    if (next === 'none') onChange(undefined);
    else onChange(next === 'some' ? [] : next);
  };
  return (
    <>
      <Select
        {...ids}
        value={mode}
        disabled={isReadOnly}
        options={[
          { value: 'none', label: text(texts.mentionNone) },
          { value: 'me', label: text(texts.mentionMe) },
          { value: 'all', label: text(texts.mentionAll) },
          { value: 'some', label: text(texts.mentionSome) },
        ]}
        onChange={choose}
      />
      {mode === 'some' && (
        <EntriesInput
          {...props}
          kind="contacts"
          label={text(texts.mentionSome)}
          ids={{ id: `${ids.id}-people`, 'aria-label': `${label}: ${text(texts.mentionSome)}` }}
          onChange={(next) => onChange(next ?? [])}
        />
      )}
    </>
  );
}
