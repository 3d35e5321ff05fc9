import { Alert } from 'antd';
import { type ReactNode, useId } from 'react';
import type { BotRow } from '../../../api/contract.js';
import { useText } from '../../language/language.js';
import { CopyButton } from '../../parts/copy-button.js';
import { Mark } from '../../parts/mark.js';
import { Moment } from '../../parts/moment.js';
import { Words } from '../../parts/words.js';
import { SelfTestButton } from './self-test-button.js';
import { texts } from './texts.js';

/** One bot: is it there, when did it last hear and say something, and what went wrong. */
export function BotCard({ bot }: { readonly bot: BotRow }) {
  const text = useText();
  const titleId = useId();
  const name = bot.name ?? bot.id ?? bot.platform;
  const moment = (at: number | undefined): ReactNode =>
    at === undefined ? <span className="quiet">{text(texts.never)}</span> : <Moment at={at} />;
  return (
    <section className="box" aria-labelledby={titleId}>
      <div className="bot-head">
        <h3 id={titleId}>{name}</h3>
        <Mark tone={bot.online ? 'good' : 'bad'}>
          {text(bot.online ? texts.online : texts.offline)}
        </Mark>
        {bot.since !== undefined && (
          <span className="quiet">
            {text(texts.since)} <Moment at={bot.since} />
          </span>
        )}
      </div>
      <dl className="pairs">
        <dt>{text(texts.platform)}</dt>
        <dd>{bot.platform}</dd>
        <dt>{text(texts.id)}</dt>
        <dd>{bot.id ?? <span className="quiet">{text(texts.never)}</span>}</dd>
        <dt>{text(texts.lastEvent)}</dt>
        <dd>{moment(bot.lastEventAt)}</dd>
        <dt>{text(texts.lastSaid)}</dt>
        <dd>{moment(bot.lastSaidAt)}</dd>
        {bot.webhookUrl !== undefined && (
          <>
            <dt>{text(texts.webhook)}</dt>
            <dd>
              <span className="address">{bot.webhookUrl}</span>{' '}
              <CopyButton value={bot.webhookUrl} label={text(texts.copyWebhook(name))} />
            </dd>
          </>
        )}
      </dl>
      {bot.webhookHint && <Alert type="warning" showIcon title={<Words of={bot.webhookHint} />} />}
      {bot.unkept > 0 && <Alert type="warning" showIcon title={text(texts.unkept(bot.unkept))} />}
      {bot.errors.length > 0 && <BotErrors errors={bot.errors} />}
      {bot.canSelfTest && <SelfTestButton bot={bot.key} name={name} />}
    </section>
  );
}

function BotErrors({ errors }: Pick<BotRow, 'errors'>) {
  const text = useText();
  return (
    <>
      <h3>{text(texts.errors)}</h3>
      <ul className="problems">
        {errors.map((error) => (
          <li key={`${error.at} ${error.text.en}`}>
            <Moment at={error.at} /> <Words of={error.text} />
          </li>
        ))}
      </ul>
    </>
  );
}
