import { Alert, Spin } from 'antd';
import { call } from '../../api/client.js';
import { useLoaded } from '../../api/use-loaded.js';
import { useText } from '../../language/language.js';
import { FailureAlert } from '../../parts/failure-alert.js';
import { SeenView } from '../../parts/seen-view.js';
import { VerdictLine } from '../../parts/verdict-line.js';
import { texts } from './texts.js';

/** With a thousand rules the first that do not match tell enough. */
const most = 100;

/** Why each rule did, or did not, take a message. */
export function Why({ id }: { readonly id: string }) {
  const text = useText();
  const { data, failure } = useLoaded(`event ${id}`, (signal) =>
    call('GET /events/:id', { params: { id }, query: {} }, signal),
  );
  if (failure) return <FailureAlert failure={failure} />;
  if (data === undefined) return <Spin />;
  const { seen, rules, unread } = data;
  const sorted = rules.toSorted((one, other) => Number(other.matched) - Number(one.matched));
  return (
    <div>
      <SeenView
        seen={seen}
        onShow={async () => {
          const params = { id };
          const detail = await call('GET /events/:id', { params, query: { text: '1' } });
          return detail.seen;
        }}
      />
      {unread.length > 0 && (
        <Alert
          className="notice"
          type="info"
          showIcon
          title={text(texts.unread(unread.map((what) => text(texts.unreadNames[what]))))}
        />
      )}
      {rules.length === 0 && <p className="quiet">{text(texts.gone)}</p>}
      <ul className="verdicts">
        {sorted.slice(0, most).map((verdict) => (
          <VerdictLine key={verdict.rule} verdict={verdict} />
        ))}
      </ul>
    </div>
  );
}
