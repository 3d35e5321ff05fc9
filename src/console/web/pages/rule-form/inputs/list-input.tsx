import { Select } from 'antd';
import type { ClipboardEvent } from 'react';
import { useText } from '../../../language/language.js';
import { choiceText } from '../layout/choices.js';
import { texts } from '../texts.js';
import { type InputProps, listOf } from './input-props.js';
import { pastedList } from './pasted-list.js';

/** Texts of one's own, as chips; known ones are offered. A list that is pasted becomes a chip each. */
export function ListInput(props: InputProps) {
  const { ids, path, value, inherited, choices, isReadOnly, isPatterns = false, onChange } = props;
  const text = useText();
  const entries = listOf(value ?? inherited);
  const onPaste = (event: ClipboardEvent) => {
    const pasted = pastedList(event.clipboardData.getData('text'), isPatterns);
    // One text is edited further before it becomes a chip.
    if (isReadOnly || pasted.length < 2) return;
    event.preventDefault();
    event.stopPropagation();
    onChange([...new Set([...entries, ...pasted])]);
  };
  return (
    <div className="list-input" onPasteCapture={onPaste}>
      <Select
        {...ids}
        mode="tags"
        value={entries}
        disabled={isReadOnly}
        placeholder={text(texts.typeAndEnter)}
        {...(choices.length === 0 && { open: false, suffixIcon: null })}
        options={choices.map((choice) => ({
          value: choice,
          label: text(choiceText(path, choice)),
        }))}
        onChange={(next) => onChange(next.length === 0 ? undefined : next)}
      />
    </div>
  );
}
