import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useText } from '../../../language/language.js';
import { texts } from '../texts.js';
import { type InputProps, listOf } from './input-props.js';
import { SecretInput } from './secret-input.js';

/** One secret, or two while they are changed for one another. */
export function SecretsInput(props: InputProps) {
  const { label, value, isReadOnly, onChange } = props;
  const text = useText();
  const secrets = listOf(value);
  const change = (next: readonly unknown[]) => {
    if (next.length === 0) onChange(undefined);
    else onChange(next.length === 1 ? next[0] : next);
  };
  return (
    <div className="lines">
      {secrets.map((secret, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- a secret has nothing else to tell it by
        <div className="line" key={index}>
          <SecretInput
            {...props}
            ids={{ id: `${props.ids.id}-${index}`, 'aria-label': `${label} ${index + 1}` }}
            value={secret}
            inherited={undefined}
            onChange={(next) => change(secrets.toSpliced(index, 1, next ?? ''))}
          />
          {!isReadOnly && (
            <Button
              icon={<DeleteOutlined />}
              aria-label={text(texts.remove(`${label} ${index + 1}`))}
              onClick={() => change(secrets.toSpliced(index, 1))}
            />
          )}
        </div>
      ))}
      {secrets.length < 2 && !isReadOnly && (
        <Button icon={<PlusOutlined />} onClick={() => change([...secrets, ''])}>
          {text(texts.add(label))}
        </Button>
      )}
    </div>
  );
}
