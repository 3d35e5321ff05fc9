import { PlusOutlined } from '@ant-design/icons';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { call } from '../../api/client.js';
import { useLive } from '../../api/use-live.js';
import { useLoaded } from '../../api/use-loaded.js';
import { navigate } from '../../frame/route.js';
import { useSession } from '../../frame/session.js';
import { useText } from '../../language/language.js';
import { FailureAlert } from '../../parts/failure-alert.js';
import { PageHead } from '../../parts/page-head.js';
import { useInterval } from '../../parts/use-interval.js';
import { useSettled } from '../../parts/use-settled.js';
import { Notices } from './notices.js';
import { RuleList } from './rule-list.js';
import { texts } from './texts.js';
import { UndoButton } from './undo-button.js';

const refreshEveryMs = 15_000;

/** The list page: every rule, and what can be done with it. */
export function Rules() {
  const text = useText();
  const isEditable = useSession().session.readOnly === undefined;
  const [search, setSearch] = useState('');
  const settled = useSettled(search, 250).trim();
  const { data, failure, reload } = useLoaded(`rules ${settled}`, (signal) =>
    call('GET /rules', { query: { search: settled } }, signal),
  );
  useLive(['rules'], reload);
  // Hits and failures change without the rules, and so does a file that is broken by hand.
  useInterval(reload, refreshEveryMs);
  return (
    <>
      <PageHead title={text(texts.title)}>
        {isEditable && data?.undo && <UndoButton list={data} onDone={reload} />}
        {isEditable && (
          <Button type="primary" icon={<PlusOutlined />} onClick={() => navigate('rules/new')}>
            {text(texts.add)}
          </Button>
        )}
      </PageHead>
      {failure && <FailureAlert failure={failure} onRetry={reload} />}
      <Notices list={data} />
      <div className="list-tools">
        <Input
          allowClear
          type="search"
          className="list-search"
          aria-label={text(texts.search)}
          placeholder={text(texts.searchHint)}
          value={search}
          onChange={({ target }) => setSearch(target.value)}
        />
        {data && <output>{text(texts.count(data.rules.length, data.total))}</output>}
      </div>
      {data && (
        <RuleList
          key={settled}
          list={data}
          isEditable={isEditable}
          isSearch={settled !== ''}
          onSaved={reload}
        />
      )}
    </>
  );
}
