import { Input, InputNumber, Select, Switch } from 'antd';
import { useText } from '../../../language/language.js';
import { typedText } from '../draft/value-at.js';
import { choiceText } from '../layout/choices.js';
import { texts } from '../texts.js';
import { type InputProps, listOf } from './input-props.js';

/** What stands in an empty field: what is in force without it. */
function usePreset(inherited: unknown): string {
  const text = useText();
  const isSaid = ['string', 'number'].includes(typeof inherited) && inherited !== '';
  return isSaid ? text(texts.preset(String(inherited))) : '';
}

/** One line of text. */
export function TextInput({ ids, value, inherited, isReadOnly, onChange }: InputProps) {
  const preset = usePreset(inherited);
  return (
    <Input
      {...ids}
      value={typedText(value)}
      placeholder={preset}
      readOnly={isReadOnly}
      onChange={({ target }) => onChange(target.value === '' ? undefined : target.value)}
    />
  );
}

/** Text that is said in a chat: it may have several lines. */
export function WordsInput({ ids, value, inherited, isReadOnly, onChange }: InputProps) {
  const preset = usePreset(inherited);
  return (
    <Input.TextArea
      {...ids}
      rows={2}
      value={typedText(value)}
      placeholder={preset}
      readOnly={isReadOnly}
      onChange={({ target }) => onChange(target.value === '' ? undefined : target.value)}
    />
  );
}

/** A number. */
export function NumberInput({ ids, value, inherited, isReadOnly, onChange }: InputProps) {
  const preset = usePreset(inherited);
  return (
    <InputNumber
      {...ids}
      value={typeof value === 'number' ? value : null}
      placeholder={preset}
      readOnly={isReadOnly}
      onChange={(next) => onChange(next ?? undefined)}
    />
  );
}

/** On or off. */
export function SwitchInput({ ids, value, inherited, isReadOnly, onChange }: InputProps) {
  const { status: _status, ...rest } = ids;
  return (
    <Switch
      {...rest}
      checked={(value ?? inherited) === true}
      disabled={isReadOnly}
      onChange={onChange}
    />
  );
}

/** One word of some. */
export function ChoiceInput(props: InputProps) {
  const { ids, path, value, inherited, choices, isReadOnly, onChange } = props;
  const text = useText();
  return (
    <Select
      {...ids}
      value={value ?? inherited}
      disabled={isReadOnly}
      options={choices.map((choice) => ({
        value: choice,
        label: text(choiceText(path, choice)),
      }))}
      onChange={onChange}
    />
  );
}

/** Several words of some. */
export function ChoicesInput(props: InputProps) {
  const { ids, path, value, inherited, choices, isReadOnly, onChange } = props;
  const text = useText();
  return (
    <Select
      {...ids}
      mode="multiple"
      value={listOf(value ?? inherited)}
      disabled={isReadOnly}
      optionFilterProp="label"
      options={choices.map((choice) => ({
        value: choice,
        label: text(choiceText(path, choice)),
      }))}
      onChange={(next) => onChange(next.length === 0 ? undefined : next)}
    />
  );
}
