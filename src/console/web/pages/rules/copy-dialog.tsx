import { Input, Modal } from 'antd';
import { useState } from 'react';
import type { RuleList } from '../../../api/contract.js';
import { useText } from '../../language/language.js';
import { Field } from '../../parts/field.js';
import { texts } from './texts.js';

interface Props {
  readonly name: string;
  readonly list: RuleList;
  readonly onNext: (name: string) => void;
  readonly onClose: () => void;
}

/** Asks how a copy is to be called. */
export function CopyDialog({ name, list, onNext, onClose }: Props) {
  const text = useText();
  const [copy, setCopy] = useState(() => freeName(name + text(texts.suffix), list));
  const next = () => {
    if (copy.trim() !== '') onNext(copy.trim());
  };
  return (
    <Modal
      open
      title={text(texts.copyTitle(name))}
      okText={text(texts.next)}
      cancelText={text(texts.cancel)}
      okButtonProps={{ disabled: copy.trim() === '' }}
      onOk={next}
      onCancel={onClose}
    >
      <p>{text(texts.copyOff)}</p>
      <Field label={text(texts.copyName)}>
        {(ids) => (
          <Input
            {...ids}
            autoFocus
            value={copy}
            onChange={({ target }) => setCopy(target.value)}
            onPressEnter={next}
          />
        )}
      </Field>
    </Modal>
  );
}

function freeName(wanted: string, { rules }: RuleList): string {
  const taken = new Set(rules.map(({ name }) => name));
  let free = wanted;
  for (let n = 2; taken.has(free); n += 1) free = `${wanted} ${n}`;
  return free;
}
