import type { Bilingual } from '../../core/language.js';
import {
  type Admission,
  createSourceGuard,
  presentedSecrets,
  type SourceGuardOptions,
  unguardedWarning,
} from '../shared/source-guard.js';
import type { JsonRecord } from './schema/index.js';

/** A callback, as far as it can be judged without its body. */
export interface CallbackHead {
  /** Of the URL, without the query. */
  readonly path: string;
  /** Of the URL, what follows `?`. */
  readonly query: string;
  readonly authorization: string | null;
  readonly forwardedFor: string | null;
  /** The address at the other end of the connection; absent where the server does not tell. */
  readonly peer?: string | undefined;
}

/** Judges callbacks. OpenIM signs nothing and has no token of any kind. */
export interface Verifier {
  /** What an operator has to know; absent when secret or addresses are configured. */
  readonly warning?: Bilingual;
  /** What the end of the URL is, so that nobody takes it for a command. */
  readonly secret: string | undefined;
  /** Does not throw. What is not admitted must be answered with anything but JSON. */
  verify(head: CallbackHead): Admission;
}

/** What judging takes. */
export interface VerifierOptions extends SourceGuardOptions {
  /** The adapter's, for the warning. */
  readonly name: string;
  /** Where the webhook is mounted, e.g. `/openim`. The secret follows it. */
  readonly path: string;
}

/** A verifier for `url: https://bot.example.com/openim/<secret>` in `config/webhooks.yml`. */
export function createVerifier(options: VerifierOptions): Verifier {
  const { name, path: base, secret } = options;
  const guard = createSourceGuard(options);
  return {
    ...(!guard.isGuarded && { warning: unguardedWarning(name, ['callbackSecret', 'allow']) }),
    secret,
    verify: ({ path, authorization, forwardedFor, peer }) => {
      const rest = path.startsWith(base) ? path.slice(base.length) : path;
      return guard.check({ presented: presentedSecrets(rest, authorization), peer, forwardedFor });
    },
  };
}

/**
 * The command of a callback. It stands at the end of the path (3.5 and later, also after a double
 * slash), in the query (3.4 and earlier), or in the body; `""` when nowhere.
 *
 * @param secret stands at the end of the path where no command does
 */
export function commandOf(
  head: Pick<CallbackHead, 'path' | 'query'>,
  body: JsonRecord,
  secret?: string,
): string {
  const last = head.path.split('/').at(-1) ?? '';
  if (last !== secret && /^callback\w+$/iu.test(last)) return last;
  const query = new URLSearchParams(head.query);
  const named = query.get('command') ?? query.get('callbackCommand') ?? body['callbackCommand'];
  return typeof named === 'string' && /^\w{1,100}$/u.test(named) ? named : '';
}
