import type { Bilingual } from '../../core/language.js';
import { textReach } from '../../core/text/text-size.js';
import type { Alert } from '../alert.js';

const headings: Readonly<Record<'firing' | 'resolved' | 'test', Bilingual>> = {
  firing: { en: 'ALERT', zh: '告警' },
  resolved: { en: 'RESOLVED', zh: '恢复' },
  test: { en: 'TEST', zh: '测试' },
};

/**
 * An alert as a robot says it in a group, in both languages: who reads there is not known. It
 * begins with `[wechaty-callback]`, a keyword for robots that want one.
 *
 * @param maxBytes what the platform takes, in UTF-8; the rest is cut off
 */
export function robotText(alert: Alert, instance: string, maxBytes: number): string {
  const { kind, status, text, since } = alert;
  const heading = headings[kind === 'test' ? kind : status];
  const lines = [
    `[wechaty-callback] ${heading.zh} ${heading.en}: ${kind}`,
    text.zh,
    text.en,
    `${instance}, ${new Date(since).toISOString()}`,
  ];
  const whole = lines.join('\n');
  return whole.slice(0, textReach(whole, 0, { unit: 'bytes', max: maxBytes }));
}
