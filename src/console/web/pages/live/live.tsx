import { PauseOutlined, PlayCircleOutlined } from '@ant-design/icons';
import { Alert, Button, Input, Select } from 'antd';
import { useMemo, useState } from 'react';
import type { EventFate } from '../../../api/contract.js';
import { useSession } from '../../frame/session.js';
import { useText } from '../../language/language.js';
import { FailureAlert } from '../../parts/failure-alert.js';
import { Mark } from '../../parts/mark.js';
import { PageHead } from '../../parts/page-head.js';
import { useSettled } from '../../parts/use-settled.js';
import { EventCard } from './event-card.js';
import { texts } from './texts.js';
import { useFeed } from './use-feed.js';

/** What comes in and what becomes of it, as it happens: "why did it not answer?" */
export function Live() {
  const text = useText();
  const { history } = useSession().session;
  const [fate, setFate] = useState<EventFate | ''>('');
  const [search, setSearch] = useState('');
  const [isPaused, setPaused] = useState(false);
  const settled = useSettled(search, 250).trim();
  const choice = useMemo(
    () => ({ ...(fate !== '' && { fate }), ...(settled !== '' && { search: settled }) }),
    [fate, settled],
  );
  const feed = useFeed(choice, isPaused);
  const fates = Object.entries(texts.fates).map(([value, label]) => ({
    value: value as EventFate | '',
    label: text(label),
  }));
  const running = feed.isOpen ? texts.open : texts.closed;
  return (
    <>
      <PageHead title={text(texts.title)}>
        <Mark tone={isPaused ? 'warning' : feed.isOpen ? 'good' : 'busy'}>
          {text(isPaused ? texts.paused : running)}
        </Mark>
        <Button
          icon={isPaused ? <PlayCircleOutlined /> : <PauseOutlined />}
          onClick={() => setPaused(!isPaused)}
        >
          {text(isPaused ? texts.follow : texts.pause)}
        </Button>
      </PageHead>
      {feed.failure && <FailureAlert failure={feed.failure} />}
      {history ? (
        <div className="list-tools">
          <Select
            className="fate"
            aria-label={text(texts.fate)}
            value={fate}
            options={[{ value: '', label: text(texts.anyFate) }, ...fates]}
            onChange={setFate}
          />
          <Input
            allowClear
            type="search"
            className="list-search"
            aria-label={text(texts.search)}
            placeholder={text(texts.searchHint)}
            value={search}
            onChange={({ target }) => setSearch(target.value)}
          />
        </div>
      ) : (
        <Alert className="notice" type="info" showIcon title={text(texts.noHistory)} />
      )}
      {feed.events.length === 0 && <p className="nothing">{text(texts.nothing)}</p>}
      <ul className="feed" aria-label={text(texts.feed)}>
        {feed.events.map((event) => (
          <EventCard key={event.id} event={event} tasks={feed.tasks} />
        ))}
      </ul>
      {feed.loadOlder && <Button onClick={feed.loadOlder}>{text(texts.more)}</Button>}
    </>
  );
}
