import { listedPersonalFields } from '../core/personal-fields.js';
import type { Problem } from '../core/problem.js';
import type { ContextName, Rule } from '../core/rule.js';
import { literalAddress, publicAddress } from '../delivery/address-guard.js';
import { expandUrl } from '../delivery/expand-url.js';

/** What `check` says of personal data. */
export interface PersonalFindings {
  /** What is most likely a fault. */
  readonly warnings: readonly Problem[];
  /** What is as it should be, and may surprise. */
  readonly notes: readonly Problem[];
}

/** What of an event is about a person. */
const personalContext: ReadonlySet<ContextName> = new Set(['personal', 'userName', 'userAlias']);

/** Ends of names that no public name server knows. */
const privateNames =
  /\.(?:arpa|corp|home|internal|intranet|invalid|lan|local|localhost|svc|test)$/iu;

/**
 * Finds rules that send personal fields over the public network in the clear, and rules whose
 * events have personal fields that are not sent. Rules that are switched off do neither.
 */
export function inspectPersonal(rules: readonly Rule[]): PersonalFindings {
  const each = rules.flatMap((rule, index) => (rule.enabled ? [{ rule, index }] : []));
  return {
    warnings: each.flatMap((one) => [...inTheClear(one), ...missingInUrl(one)]),
    notes: each.flatMap(notSent),
  };
}

interface Indexed {
  readonly rule: Rule;
  readonly index: number;
}

function inTheClear({ rule, index }: Indexed): readonly Problem[] {
  const sent = rule.callback.context.filter((name) => personalContext.has(name)).join(', ');
  if (sent === '') return [];
  return urlsOf(rule).flatMap(([key, template]) => {
    const url = expandUrl(template);
    if (url?.protocol !== 'http:' || !isPublic(url)) return [];
    const text = {
      en: `personal data (callback.context: ${sent}) goes to ${url.hostname} without TLS, so anybody on the way can read it; use https://`,
      zh: `个人信息（callback.context：${sent}）以未加密方式发送到 ${url.hostname}，途中可被读取；请使用 https://`,
    };
    return [{ path: ['rules', index, 'callback', key], text }];
  });
}

/** A name without a dot is one of this machine or network. */
function isPublic(url: URL): boolean {
  const address = literalAddress(url);
  if (address !== undefined) return publicAddress(address);
  const { hostname } = url;
  return hostname.includes('.') && !privateNames.test(hostname);
}

function missingInUrl({ rule, index }: Indexed): readonly Problem[] {
  const { callback } = rule;
  const missing = hiddenOf(rule).filter((name) => callback.variables[name] === undefined);
  return urlsOf(rule).flatMap(([key, template]) =>
    missing
      .filter((name) => template.includes(`{{${name}}}`))
      .map((name) => ({
        path: ['rules', index, 'callback', key],
        text: {
          en: `{{${name}}} is personal and stays empty; add personal to callback.context`,
          zh: `{{${name}}} 属于个人信息，将为空；请在 callback.context 中加上 personal`,
        },
      })),
  );
}

function notSent({ rule, index }: Indexed): readonly Problem[] {
  const names = hiddenOf(rule).join(', ');
  if (names === '') return [];
  const text = {
    en: `personal fields of its events are not sent (${names}); if the receiver needs them, add personal to callback.context`,
    zh: `不发送其事件中的个人信息（${names}）；如接收端需要，请在 callback.context 中加上 personal`,
  };
  return [{ path: ['rules', index, 'callback', 'context'], text }];
}

/** The personal fields of a rule's events, where they are not sent. */
function hiddenOf({ trigger, callback }: Rule): readonly string[] {
  if (callback.context.includes('personal')) return [];
  return [...new Set(trigger.on.flatMap(listedPersonalFields))];
}

function urlsOf({ callback }: Rule): readonly (readonly ['url' | 'fallbackUrl', string])[] {
  const { url, fallbackUrl } = callback;
  return [
    ['url', url],
    ...(fallbackUrl === undefined ? [] : [['fallbackUrl', fallbackUrl] as const]),
  ];
}
