import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Input, Select } from 'antd';
import { useText } from '../../../language/language.js';
import { isObject, typedText } from '../draft/value-at.js';
import { texts } from '../texts.js';
import { type InputProps, listOf } from './input-props.js';

const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
const office = { days: days.slice(0, 5), from: '09:00', to: '18:00' };

/** The hours of the week in which a rule is awake. */
export function WindowsInput({ label, value, isReadOnly, onChange }: InputProps) {
  const text = useText();
  const windows = listOf(value).map((window) => (isObject(window) ? window : {}));
  const change = (next: readonly unknown[]) => onChange(next.length === 0 ? undefined : next);
  const set = (index: number, more: object) =>
    change(windows.toSpliced(index, 1, { ...windows[index], ...more }));
  const options = days.map((day) => ({ value: day, label: text(texts.day[day]) }));
  return (
    <div className="lines">
      {windows.map((window, index) => {
        const name = text(texts.window(index + 1));
        const time = (key: 'from' | 'to') => (
          <Input
            className="time"
            aria-label={`${name}: ${text(texts[key])}`}
            placeholder="HH:MM"
            value={typedText(window[key])}
            readOnly={isReadOnly}
            onChange={({ target }) => set(index, { [key]: target.value })}
          />
        );
        return (
          // oxlint-disable-next-line react/no-array-index-key -- windows may be alike
          <div className="line" key={index}>
            <Select
              mode="multiple"
              className="grows"
              aria-label={`${name}: ${text(texts.days)}`}
              value={window['days'] === undefined ? [...days] : listOf(window['days'])}
              disabled={isReadOnly}
              options={options}
              onChange={(next) => set(index, { days: next })}
            />
            {time('from')}
            <span>{text(texts.to)}</span>
            {time('to')}
            {!isReadOnly && (
              <Button
                icon={<DeleteOutlined />}
                aria-label={text(texts.remove(name))}
                onClick={() => change(windows.toSpliced(index, 1))}
              />
            )}
          </div>
        );
      })}
      {!isReadOnly && (
        <Button icon={<PlusOutlined />} onClick={() => change([...windows, office])}>
          {text(texts.add(label))}
        </Button>
      )}
    </div>
  );
}
