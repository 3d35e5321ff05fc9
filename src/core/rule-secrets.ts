import { masked } from './redact.js';
import type { Rule } from './rule.js';

/** Shorter ones would stand in every other word. */
const shortestSecret = 6;

/** A text without the rule's own secrets, should a receiver have repeated them. */
export function withoutSecrets(text: string, { callback }: Pick<Rule, 'callback'>): string {
  const { apiKey = '', secrets, headers } = callback;
  return [apiKey, ...secrets, ...Object.values(headers)]
    .filter((secret) => secret.length >= shortestSecret)
    .reduce((rest, secret) => rest.replaceAll(secret, masked), text);
}
