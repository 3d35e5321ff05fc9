import { useState } from 'react';
import type { ChatLine } from '../../../api/contract.js';
import { call } from '../../api/client.js';
import { useLive } from '../../api/use-live.js';
import { useLoaded } from '../../api/use-loaded.js';
import { useText } from '../../language/language.js';
import { FailureAlert } from '../../parts/failure-alert.js';
import { ChatForm } from './chat-form.js';
import { ChatLines } from './chat-lines.js';
import { texts } from './texts.js';

/** A chat with the bot that lives in this program. */
export function ChatPane() {
  const text = useText();
  const { data, failure, reload } = useLoaded('chat', (signal) => call('GET /chat', {}, signal));
  const [heard, setHeard] = useState<readonly ChatLine[]>([]);
  useLive(['chat'], (item) => {
    if (item.kind === 'chat') setHeard((lines) => [...lines, item.line].slice(-200));
    else reload();
  });
  const lines = [
    ...new Map([...(data?.said ?? []), ...heard].map((line) => [line.id, line])).values(),
  ];
  return (
    <section className="box" aria-labelledby="chat">
      <h2 id="chat">{text(texts.chat)}</h2>
      {failure && <FailureAlert failure={failure} onRetry={reload} />}
      <ChatLines lines={lines} />
      {data && <ChatForm places={data} onSent={reload} />}
    </section>
  );
}
