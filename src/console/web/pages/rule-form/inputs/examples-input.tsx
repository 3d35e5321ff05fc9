import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Checkbox, Input, Select } from 'antd';
import type { RuleDraft } from '../../../../api/contract.js';
import { useText } from '../../../language/language.js';
import { isObject, typedText, withValue } from '../draft/value-at.js';
import { choiceText } from '../layout/choices.js';
import { texts } from '../texts.js';
import { type InputProps, listOf } from './input-props.js';

/** Sentences, and whether the rule is to take them. */
export function ExamplesInput({ label, value, isReadOnly, onChange }: InputProps) {
  const text = useText();
  const examples = listOf(value).map((example) => (isObject(example) ? example : {}));
  const change = (next: readonly unknown[]) => onChange(next.length === 0 ? undefined : next);
  return (
    <div className="lines">
      {examples.map((example, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- examples may be alike
        <div className="line example" key={index}>
          <ExampleLine
            name={text(texts.example(index + 1))}
            example={example}
            isReadOnly={isReadOnly}
            onChange={(next) => change(examples.toSpliced(index, 1, next))}
          />
          {!isReadOnly && (
            <Button
              icon={<DeleteOutlined />}
              aria-label={text(texts.remove(text(texts.example(index + 1))))}
              onClick={() => change(examples.toSpliced(index, 1))}
            />
          )}
        </div>
      ))}
      {!isReadOnly && (
        <Button
          icon={<PlusOutlined />}
          onClick={() => change([...examples, { text: '', expect: true }])}
        >
          {text(texts.add(label))}
        </Button>
      )}
    </div>
  );
}

interface LineProps {
  readonly name: string;
  readonly example: RuleDraft;
  readonly isReadOnly: boolean;
  readonly onChange: (example: RuleDraft) => void;
}

function ExampleLine({ name, example, isReadOnly, onChange }: LineProps) {
  const text = useText();
  const set = (key: string, value: unknown) => onChange(withValue(example, key, value));
  return (
    <>
      <Input
        className="grows"
        aria-label={`${name}: ${text(texts.exampleText)}`}
        placeholder={text(texts.exampleText)}
        value={typedText(example['text'])}
        readOnly={isReadOnly}
        onChange={({ target }) => set('text', target.value)}
      />
      <Select
        aria-label={`${name}: ${text(texts.exampleWhere)}`}
        value={typedText(example['in'])}
        disabled={isReadOnly}
        options={[
          { value: '', label: text(texts.exampleAnywhere) },
          ...['private', 'room'].map((place) => ({
            value: place,
            label: text(choiceText('trigger.in', place)),
          })),
        ]}
        onChange={(place) => set('in', place === '' ? undefined : place)}
      />
      <Checkbox
        checked={example['mention'] === true}
        disabled={isReadOnly}
        onChange={({ target }) => set('mention', target.checked ? true : undefined)}
      >
        {text(texts.exampleMention)}
      </Checkbox>
      <Select
        aria-label={`${name}: ${text(texts.exampleExpect)}`}
        value={example['expect'] !== false}
        disabled={isReadOnly}
        options={[
          { value: true, label: text(texts.exampleExpect) },
          { value: false, label: text(texts.exampleRefuse) },
        ]}
        onChange={(expect) => set('expect', expect)}
      />
    </>
  );
}
