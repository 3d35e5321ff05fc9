import type { AlertTarget } from '../core/alert.js';
import type { Problem } from '../core/problem.js';
import type { Rule } from '../core/rule.js';
import { chosenAddress, literalAddress } from '../delivery/address-guard.js';
import { expandUrl } from '../delivery/expand-url.js';

/**
 * The receivers that would never be called, because their address is link-local or a cloud's
 * metadata: better said before the first message. Names are looked up when they are called.
 *
 * @param rules `undefined` stands for rules that do not hold by themselves
 */
export function inspectAddresses(rules: readonly (Rule | undefined)[]): readonly Problem[] {
  return rules.flatMap((rule, index) =>
    (['url', 'fallbackUrl'] as const).flatMap((key) => {
      const address = refusedIn(rule?.callback[key]);
      if (address === undefined) return [];
      return [{ path: ['rules', index, 'callback', key], text: refused(address) }];
    }),
  );
}

/** The same of the addresses that alerts are posted to. */
export function inspectAlerts(alerts: readonly (AlertTarget | undefined)[]): readonly Problem[] {
  return alerts.flatMap((target, index) => {
    const address = refusedIn(target?.url);
    if (address === undefined) return [];
    return [{ path: ['alerts', index, 'url'], text: refused(address) }];
  });
}

function refusedIn(template: string | undefined): string | undefined {
  const url = template === undefined ? undefined : expandUrl(template);
  const address = url && literalAddress(url);
  return address === undefined || chosenAddress(address) ? undefined : address;
}

function refused(address: string) {
  return {
    en: `${address} is a link-local or cloud metadata address, which is never called; name the receiver's own address`,
    zh: `${address} 是链路本地地址或云元数据地址，不会被调用；请填写接收端自己的地址`,
  };
}
