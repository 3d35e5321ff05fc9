import { Button, Checkbox, Select } from 'antd';
import { useState } from 'react';
import { messageTypes } from '../../../../core/names.js';
import type { TrialBody } from '../../../api/contract.js';
import { useText } from '../../language/language.js';
import { DirectoryInput } from '../../parts/directory-input.js';
import { Field } from '../../parts/field.js';
import { MessageWords } from './message-words.js';
import { MoreOfMessage } from './more-of-message.js';
import { texts } from './texts.js';

interface Props {
  /** The message to begin with, as a link has it: `text`, `quote`, `user`, `room`, `mention`. */
  readonly beginning: URLSearchParams;
  readonly isRunning: boolean;
  readonly onSubmit: (body: TrialBody) => void;
}

const kinds = Object.entries(messageTypes).filter(([type]) => type !== 'any');

const places = [
  { key: 'user', kind: 'contacts', help: texts.userHelp },
  { key: 'room', kind: 'rooms', help: texts.roomHelp },
] as const;

/** A message: what, by whom, where. */
export function MessageForm({ beginning, isRunning, onSubmit }: Props) {
  const text = useText();
  const [body, setBody] = useState<TrialBody>(() => ({
    text: beginning.get('text') ?? '',
    quote: beginning.get('quote') ?? '',
    user: beginning.get('user') ?? '',
    room: beginning.get('room') ?? '',
    mention: beginning.get('mention') === '1',
    type: 'Text',
    event: 'message',
  }));
  const set = (more: Partial<TrialBody>) => setBody((current) => ({ ...current, ...more }));
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit(body);
      }}
    >
      <MessageWords body={body} onChange={set} />
      {places.map(({ key, kind, help }) => (
        <Field key={key} label={text(texts[key])} help={text(help)}>
          {(ids) => (
            <DirectoryInput
              ids={ids}
              kind={kind}
              value={body[key] ?? ''}
              onChange={(value) => set({ [key]: value })}
            />
          )}
        </Field>
      ))}
      <div className="checks">
        {(['mention', 'fromSelf'] as const).map((key) => (
          <Checkbox
            key={key}
            checked={body[key] === true}
            onChange={({ target }) => set({ [key]: target.checked })}
          >
            {text(texts[key])}
          </Checkbox>
        ))}
      </div>
      <Field label={text(texts.type)}>
        {(ids) => (
          <Select
            {...ids}
            value={body.type}
            options={kinds.map(([type, label]) => ({ value: type, label: text(label) }))}
            onChange={(type) => set({ type })}
          />
        )}
      </Field>
      <MoreOfMessage body={body} onChange={set} />
      <Button type="primary" htmlType="submit" loading={isRunning}>
        {text(texts.run)}
      </Button>
    </form>
  );
}
