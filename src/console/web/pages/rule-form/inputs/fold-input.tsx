import { Select } from 'antd';
import { useText } from '../../../language/language.js';
import { texts } from '../texts.js';
import type { InputProps } from './input-props.js';
import { ChoicesInput } from './plain-inputs.js';

/** The differences that do not count: the usual ones, none, or a list. */
export function FoldInput(props: InputProps) {
  const { ids, label, value, inherited, isReadOnly, onChange } = props;
  const text = useText();
  const standing = value ?? inherited;
  const mode = Array.isArray(standing) ? 'some' : standing === false ? 'none' : 'usual';
  const made = { usual: true, none: false, some: ['case', 'width', 'space', 'script'] } as const;
  return (
    <>
      <Select<keyof typeof made>
        {...ids}
        value={mode}
        disabled={isReadOnly}
        options={[
          { value: 'usual', label: text(texts.foldUsual) },
          { value: 'none', label: text(texts.foldNone) },
          { value: 'some', label: text(texts.foldSome) },
        ]}
        onChange={(next) => onChange(made[next])}
      />
      {mode === 'some' && (
        <ChoicesInput
          {...props}
          ids={{ id: `${ids.id}-list`, 'aria-label': `${label}: ${text(texts.foldSome)}` }}
          onChange={(next) => onChange(next ?? [])}
        />
      )}
    </>
  );
}
