import { App, Input, Modal } from 'antd';
import { useState } from 'react';
import { call } from '../api/client.js';
import { useAction } from '../api/use-action.js';
import { useText } from '../language/language.js';
import { FailureAlert } from '../parts/failure-alert.js';
import { Field } from '../parts/field.js';
import { useFocusBack } from '../parts/use-focus-back.js';
import { texts } from './texts.js';

const shortest = 10;

/** Asks for the old password and a new one. */
export function PasswordDialog({ onClose }: { readonly onClose: () => void }) {
  const text = useText();
  useFocusBack();
  const { message } = App.useApp();
  const { isRunning, failure, run } = useAction();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const isShort = next !== '' && next.length < shortest;
  const save = async () => {
    const isDone = await run(async () => {
      await call('POST /password', { body: { current, next } });
    });
    if (!isDone) return;
    void message.success(text(texts.passwordChanged));
    onClose();
  };
  return (
    <Modal
      open
      title={text(texts.password)}
      okText={text(texts.save)}
      cancelText={text(texts.cancel)}
      confirmLoading={isRunning}
      okButtonProps={{ disabled: current === '' || next.length < shortest }}
      onOk={() => void save()}
      onCancel={onClose}
    >
      {failure && <FailureAlert failure={failure} />}
      <Field label={text(texts.currentPassword)}>
        {(id) => (
          <Input.Password
            {...id}
            autoComplete="current-password"
            value={current}
            onChange={({ target }) => setCurrent(target.value)}
          />
        )}
      </Field>
      <Field
        label={text(texts.newPassword)}
        help={text(texts.newPasswordHelp)}
        problems={isShort ? [text(texts.tooShort)] : []}
      >
        {(id) => (
          <Input.Password
            {...id}
            autoComplete="new-password"
            value={next}
            onChange={({ target }) => setNext(target.value)}
          />
        )}
      </Field>
    </Modal>
  );
}
