import type { ShownRequest, ShownResponse } from '../../api/contract.js';
import { useText } from '../language/language.js';
import { Address } from './address.js';
import { Code } from './code.js';
import { Mark, type Tone } from './mark.js';
import { texts } from './texts.js';

/** A request as it was, or would be, sent. */
export function RequestView({ request }: { readonly request: ShownRequest }) {
  const text = useText();
  const { method, url, headers, body, truncated, hidden } = request;
  return (
    <div className="exchange">
      <h3>{text(texts.request)}</h3>
      <p>
        <strong>{method}</strong> <Address url={url} />
      </p>
      <details>
        <summary>{text(texts.headers)}</summary>
        <dl className="headers">
          {Object.entries(headers).map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </details>
      {body !== undefined && <Code code={body} />}
      {truncated && <p className="quiet">{text(texts.truncated)}</p>}
      {hidden && <p className="quiet">{text(texts.bodyHidden)}</p>}
    </div>
  );
}

/** What came back. */
export function ResponseView({ response }: { readonly response: ShownResponse }) {
  const text = useText();
  const { status, contentType, body, truncated, hidden } = response;
  return (
    <div className="exchange">
      <h3>{text(texts.response)}</h3>
      <p>
        {status === undefined ? (
          <Mark tone="bad">{text(texts.noResponse)}</Mark>
        ) : (
          <Mark tone={toneOf(status)}>{status}</Mark>
        )}{' '}
        <span className="quiet">{contentType}</span>
      </p>
      {body !== undefined && body !== '' && <Code code={body} />}
      {truncated && <p className="quiet">{text(texts.truncated)}</p>}
      {hidden && <p className="quiet">{text(texts.bodyHidden)}</p>}
    </div>
  );
}

function toneOf(status: number): Tone {
  if (status < 300) return 'good';
  return status < 500 && status !== 429 ? 'bad' : 'warning';
}
