import type { AlertBody } from '../../protocol/alert.js';
import type { AlertWriter } from './alert-format.js';

/** The program's own JSON: any 2xx will do. */
export const json: AlertWriter = {
  write: (alert, { target, id, instance }) => {
    const { kind, status, subject, since, at, text, details } = alert;
    const body: AlertBody = {
      id,
      alert: kind,
      status,
      subject,
      since: new Date(since).toISOString(),
      at: new Date(at).toISOString(),
      text,
      details,
      instance,
    };
    return { url: new URL(target.url), body: JSON.stringify(body) };
  },
  refusal: () => undefined,
};
