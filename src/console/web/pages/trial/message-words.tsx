import { Input } from 'antd';
import type { TrialBody } from '../../../api/contract.js';
import { useText } from '../../language/language.js';
import { Field } from '../../parts/field.js';
import { texts } from './texts.js';

interface Props {
  readonly body: TrialBody;
  readonly onChange: (more: Partial<TrialBody>) => void;
}

/** What a message says, and what it quotes. */
export function MessageWords({ body, onChange }: Props) {
  const text = useText();
  return (
    <>
      <Field label={text(texts.text)}>
        {(ids) => (
          <Input.TextArea
            {...ids}
            rows={3}
            value={body.text}
            onChange={({ target }) => onChange({ text: target.value })}
          />
        )}
      </Field>
      <Field label={text(texts.quote)} help={text(texts.quoteHelp)}>
        {(ids) => (
          <Input
            {...ids}
            value={body.quote ?? ''}
            onChange={({ target }) => onChange({ quote: target.value })}
          />
        )}
      </Field>
    </>
  );
}
