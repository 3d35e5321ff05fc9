import { Input, Select } from 'antd';
import { type ReactNode, useEffect, useId, useState } from 'react';
import type { TaskState } from '../../../api/contract.js';
import { useText } from '../../language/language.js';
import { stateNames } from '../../parts/task-state.js';
import type { Choice } from './choice.js';
import { texts } from './texts.js';

interface Props {
  readonly choice: Choice;
  readonly onChange: (more: Choice) => void;
}

/** By what tasks are chosen. */
export function ChoiceForm({ choice, onChange }: Props) {
  const text = useText();
  const states = Object.entries(stateNames).map(([state, name]) => ({
    value: state as TaskState,
    label: text(name),
  }));
  return (
    <div className="choice">
      <Labelled label={text(texts.state)}>
        {(id) => (
          <Select
            id={id}
            mode="multiple"
            allowClear
            placeholder={text(texts.anyState)}
            value={(choice.state?.split(',') ?? []) as TaskState[]}
            options={states}
            onChange={(chosen) => onChange({ state: chosen.join(',') })}
          />
        )}
      </Labelled>
      {(['rule', 'conversation'] as const).map((key) => (
        <Labelled key={key} label={text(texts[key])}>
          {(id) => (
            <TypedText
              id={id}
              hint={text(texts[`${key}Hint`])}
              value={choice[key] ?? ''}
              onChange={(value) => onChange({ [key]: value })}
            />
          )}
        </Labelled>
      ))}
      {(['since', 'until'] as const).map((key) => (
        <Labelled key={key} label={text(texts[key])}>
          {(id) => (
            <Input
              id={id}
              type="datetime-local"
              value={localTime(choice[key])}
              onChange={({ target }) => onChange({ [key]: momentOf(target.value) })}
            />
          )}
        </Labelled>
      ))}
    </div>
  );
}

function Labelled({
  label,
  children,
}: {
  readonly label: string;
  readonly children: (id: string) => ReactNode;
}) {
  const id = useId();
  return (
    <div>
      <label htmlFor={id}>{label}</label>
      {children(id)}
    </div>
  );
}

interface TypedProps {
  readonly id: string;
  readonly hint: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** A text that counts when it is entered: with Enter, or when the field is left. */
function TypedText({ id, hint, value, onChange }: TypedProps) {
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped(value), [value]);
  const enter = () => {
    if (typed.trim() !== value) onChange(typed.trim());
  };
  return (
    <Input
      id={id}
      allowClear
      placeholder={hint}
      value={typed}
      onChange={({ target }) => {
        setTyped(target.value);
        if (target.value === '' && value !== '') onChange('');
      }}
      onPressEnter={enter}
      onBlur={enter}
    />
  );
}

function momentOf(local: string): number | '' {
  const at = new Date(local).getTime();
  return Number.isNaN(at) ? '' : at;
}

function localTime(at: unknown): string {
  const moment = new Date(Number(at));
  if (at === undefined || Number.isNaN(moment.getTime())) return '';
  const local = new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}
