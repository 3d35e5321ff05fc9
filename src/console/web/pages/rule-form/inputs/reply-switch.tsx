import { Switch } from 'antd';
import type { InputProps } from './input-props.js';

/** `reply: false` says nothing; anything else says how. */
export function ReplySwitch({ ids, value, inherited, isReadOnly, onChange }: InputProps) {
  const { status: _status, ...rest } = ids;
  const isOn = (value ?? inherited) !== false;
  return (
    <Switch
      {...rest}
      checked={isOn}
      disabled={isReadOnly}
      onChange={(checked) => onChange(checked ? (inherited === false ? {} : undefined) : false)}
    />
  );
}
