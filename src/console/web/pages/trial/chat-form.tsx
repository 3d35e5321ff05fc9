import { Button, Checkbox, Input, Select } from 'antd';
import { type FormEvent, useState } from 'react';
import type { ChatPlaces } from '../../../api/contract.js';
import { call } from '../../api/client.js';
import { useAction } from '../../api/use-action.js';
import { useText } from '../../language/language.js';
import { FailureAlert } from '../../parts/failure-alert.js';
import { texts } from './texts.js';

interface Props {
  readonly places: ChatPlaces;
  readonly onSent: () => void;
}

/** Says something to the bot, as somebody, somewhere. */
export function ChatForm({ places: { people, rooms }, onSent }: Props) {
  const text = useText();
  const { isRunning, failure, run } = useAction();
  const [as, setAs] = useState(people[0]?.id ?? '');
  const [room, setRoom] = useState('');
  const [mention, setMention] = useState(false);
  const [said, setSaid] = useState('');
  const send = async (event: FormEvent) => {
    event.preventDefault();
    const body = { as, text: said, mention: mention && room !== '', ...(room !== '' && { room }) };
    const isSent = await run(async () => {
      await call('POST /chat', { body });
    });
    if (!isSent) return;
    setSaid('');
    onSent();
  };
  return (
    <form onSubmit={(event) => void send(event)}>
      {failure && <FailureAlert failure={failure} />}
      <div className="chat-places">
        <Select
          aria-label={text(texts.chatAs)}
          value={as}
          options={people.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={setAs}
        />
        <Select
          aria-label={text(texts.chatWhere)}
          value={room}
          options={[
            { value: '', label: text(texts.privately) },
            ...rooms.map(({ id, topic }) => ({ value: id, label: topic })),
          ]}
          onChange={setRoom}
        />
        {room !== '' && (
          <Checkbox checked={mention} onChange={({ target }) => setMention(target.checked)}>
            {text(texts.chatMention)}
          </Checkbox>
        )}
      </div>
      <div className="chat-say">
        <Input
          aria-label={text(texts.say)}
          placeholder={text(texts.say)}
          value={said}
          onChange={({ target }) => setSaid(target.value)}
        />
        <Button
          type="primary"
          htmlType="submit"
          loading={isRunning}
          disabled={said === '' || as === ''}
        >
          {text(texts.send)}
        </Button>
      </div>
    </form>
  );
}
