import { useEffect, useRef } from 'react';
import type { ChatLine } from '../../../api/contract.js';
import { call } from '../../api/client.js';
import { useText } from '../../language/language.js';
import { MaybeTextView } from '../../parts/maybe-text.js';
import { Moment } from '../../parts/moment.js';
import { texts } from './texts.js';

/** What was said, the newest in sight. */
export function ChatLines({ lines }: { readonly lines: readonly ChatLine[] }) {
  const text = useText();
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    place.current?.scrollTo({ top: place.current.scrollHeight });
  }, [lines.length]);
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, so the keyboard must reach it
    <div className="chat" ref={place} role="log" aria-label={text(texts.lines)} tabIndex={0}>
      {lines.length === 0 && <p className="quiet">{text(texts.chatEmpty)}</p>}
      {lines.map((line) => (
        <Bubble key={line.id} line={line} />
      ))}
    </div>
  );
}

function Bubble({ line }: { readonly line: ChatLine }) {
  const text = useText();
  const { id, at, from, person, room } = line;
  return (
    <div className={`bubble bubble-${from}`}>
      <span className="quiet">
        {text(texts.saidBy[from](person, room))} <Moment at={at} />
      </span>
      <p>
        <MaybeTextView
          value={line}
          onShow={async () => await call('GET /chat/:id', { params: { id } })}
        />
      </p>
    </div>
  );
}
