import { Button } from 'antd';
import { memo, useState } from 'react';
import { eventNames, messageTypes } from '../../../../core/names.js';
import type { EventFate, EventRow } from '../../../api/contract.js';
import { call } from '../../api/client.js';
import { Link } from '../../frame/route.js';
import { useSession } from '../../frame/session.js';
import { useText } from '../../language/language.js';
import { Mark, type Tone } from '../../parts/mark.js';
import { MaybeTextView } from '../../parts/maybe-text.js';
import { Moment } from '../../parts/moment.js';
import type { SeenTask } from './feed-state.js';
import { TaskLine } from './task-line.js';
import { texts } from './texts.js';
import { Why } from './why.js';

const tones: Readonly<Record<EventFate, Tone>> = {
  matched: 'good',
  unmatched: 'quiet',
  silenced: 'warning',
  'too-old': 'warning',
  echo: 'quiet',
  failed: 'bad',
};

interface Props {
  readonly event: EventRow;
  readonly tasks: ReadonlyMap<string, SeenTask>;
}

/** Most of what happens is about other events. */
function isSameCard(one: Props, other: Props): boolean {
  return (
    one.event === other.event &&
    one.event.tasks.every((id) => one.tasks.get(id) === other.tasks.get(id))
  );
}

/** One event: who said what and where, what became of it, and on request why. */
export const EventCard = memo(function EventCard({ event, tasks }: Props) {
  const text = useText();
  const { history } = useSession().session;
  const [isOpen, setOpen] = useState(false);
  const { id, fate, silenced } = event;
  return (
    <li className="box event">
      <EventHead event={event} />
      <div className="event-words">
        <MaybeTextView
          value={event}
          onShow={async () => {
            const detail = await call('GET /events/:id', { params: { id }, query: { text: '1' } });
            return detail.event;
          }}
        />
      </div>
      <div className="event-fate">
        <Mark tone={tones[fate]}>{text(texts.fates[fate])}</Mark>
        {event.tasks.map((task, index) => (
          <TaskLine key={task} id={task} rule={event.rules[index]} seen={tasks.get(task)} />
        ))}
        {silenced.map(({ rule, by }) => (
          <span key={rule} className="quiet">
            {text(texts.silenced(rule, text(texts.by[by])))}
          </span>
        ))}
        {history && (
          <Button size="small" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            {text(isOpen ? texts.close : texts.why)}
          </Button>
        )}
        {event.text !== undefined && <Link to={trialOf(event)}>{text(texts.tryAgain)}</Link>}
      </div>
      {isOpen && <Why id={id} />}
    </li>
  );
}, isSameCard);

function EventHead({ event }: { readonly event: EventRow }) {
  const text = useText();
  const { at, name, userName, userId, conversation, topic, type, mentionsBot } = event;
  const kind = name === 'message' ? messageTypes[type ?? ''] : eventNames[name];
  const room = topic ?? conversation?.id;
  return (
    <div className="event-head">
      <Moment at={at} />
      <strong title={userId}>{userName || userId}</strong>
      {conversation && <span>{conversation.kind === 'room' ? room : text(texts.privately)}</span>}
      {mentionsBot && <span>{text(texts.mention)}</span>}
      {(name !== 'message' || type !== 'Text') && (
        <Mark tone="quiet">{kind ? text(kind) : (type ?? name)}</Mark>
      )}
    </div>
  );
}

/** The trial page with this message filled in. */
function trialOf({ text = '', quote = '', userId, conversation, mentionsBot }: EventRow): string {
  const query = new URLSearchParams({
    text,
    quote,
    user: userId,
    room: conversation?.kind === 'room' ? conversation.id : '',
    mention: mentionsBot ? '1' : '0',
  });
  return `try?${query.toString()}`;
}
