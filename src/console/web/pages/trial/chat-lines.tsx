import { useEffect, useRef } from 'react';
import type { ChatLine } from '../../../api/contract.js';
import { useText } from '../../language/language.js';
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
      {lines.map(({ id, at, from, person, room, text: said }) => (
        <div key={id} className={`bubble bubble-${from}`}>
          <span className="quiet">
            {from === 'bot' ? `${text(texts.bot)} → ${person}` : person}
            {room !== undefined && ` ${text(texts.tellRoom(room))}`} <Moment at={at} />
          </span>
          <p>{said}</p>
        </div>
      ))}
    </div>
  );
}
