import { Button, Input } from 'antd';
import { useState } from 'react';
import { useText } from '../../../language/language.js';
import { isKept } from '../draft/kept.js';
import { texts } from '../texts.js';
import type { InputProps } from './input-props.js';

/**
 * A text that may be a secret. The one in the file is never shown: it is kept as it is, or replaced.
 */
export function SecretInput({ ids, label, value, inherited, isReadOnly, onChange }: InputProps) {
  const text = useText();
  const [former, setFormer] = useState<unknown>();
  const standing = value ?? inherited;
  if (isKept(standing)) {
    return (
      <div className="kept">
        <Input {...ids} readOnly value={standing.shown ?? text(texts.kept)} />
        {!isReadOnly && (
          <Button
            aria-label={text(texts.replace(label))}
            onClick={() => {
              setFormer(value);
              onChange('');
            }}
          >
            {text(texts.replaceIt)}
          </Button>
        )}
      </div>
    );
  }
  return (
    <div className="kept">
      <Input
        {...ids}
        autoComplete="off"
        readOnly={isReadOnly}
        value={typeof value === 'string' ? value : ''}
        onChange={({ target }) =>
          onChange(target.value === '' && former === undefined ? undefined : target.value)
        }
      />
      {former !== undefined && (
        <Button
          aria-label={text(texts.keep(label))}
          onClick={() => {
            onChange(former);
            setFormer(undefined);
          }}
        >
          {text(texts.keepIt)}
        </Button>
      )}
    </div>
  );
}
