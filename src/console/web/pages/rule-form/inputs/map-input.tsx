import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { useText } from '../../../language/language.js';
import { isObject } from '../draft/value-at.js';
import { texts } from '../texts.js';
import type { InputProps } from './input-props.js';
import { SecretInput } from './secret-input.js';

type Pair = readonly [string, unknown];

/** Names with a text each: headers, variables. */
export function MapInput(props: InputProps) {
  const { ids, label, value, isReadOnly, onChange } = props;
  const text = useText();
  // Kept apart from the draft: a pair without a name yet has no place in it.
  const [pairs, setPairs] = useState<readonly Pair[]>(() =>
    isObject(value) ? Object.entries(value) : [],
  );
  const change = (next: readonly Pair[]) => {
    setPairs(next);
    const named = next.filter(([name]) => name !== '');
    onChange(named.length === 0 ? undefined : Object.fromEntries(named));
  };
  return (
    <div className="lines">
      {pairs.map(([name, item], index) => (
        // oxlint-disable-next-line react/no-array-index-key -- the name changes while it is typed
        <div className="line" key={index}>
          <Input
            className="line-name"
            aria-label={text(texts.key(label, index + 1))}
            value={name}
            readOnly={isReadOnly}
            onChange={({ target }) => change(pairs.toSpliced(index, 1, [target.value, item]))}
          />
          <SecretInput
            {...props}
            label={text(texts.value(label, index + 1))}
            ids={{ id: `${ids.id}-${index}`, 'aria-label': text(texts.value(label, index + 1)) }}
            value={item}
            inherited={undefined}
            onChange={(next) => change(pairs.toSpliced(index, 1, [name, next ?? '']))}
          />
          {!isReadOnly && (
            <Button
              icon={<DeleteOutlined />}
              aria-label={text(texts.remove(`${label} ${name}`))}
              onClick={() => change(pairs.toSpliced(index, 1))}
            />
          )}
        </div>
      ))}
      {!isReadOnly && (
        <Button icon={<PlusOutlined />} onClick={() => change([...pairs, ['', '']])}>
          {text(texts.add(label))}
        </Button>
      )}
    </div>
  );
}
