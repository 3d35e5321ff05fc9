import type { AlertDetails, AlertPort } from '../../core/alert.js';
import type { Clock } from '../../core/clock.js';
import { nameOf } from '../../core/errors.js';
import { callAfter } from '../call-after.js';
import { backText, type OfflineReason, offlineText, qrcodeUrl } from './bot-text.js';

/** The account of a bot. */
interface Account {
  readonly id: string;
  /** `""`: not known. */
  readonly name: string;
}

/** What a bot is watched with. */
export interface BotWatchOptions {
  readonly port: AlertPort;
  readonly clock: Clock;
  /** Names a bot that never logged in; unlike any other's. */
  readonly alias: string;
}

/** So long a bot may take to log in, in ms. */
const loginMs = 120_000;
/** What comes back by itself, such as a connection that is renewed, comes back in so long, in ms. */
const settleMs = 15_000;
/** Longer ones are of no use in a message. */
const maxCodeLength = 1000;

const kind = 'bot-offline';

/**
 * Raises `bot-offline` while a bot that is expected is not logged in: after a logout or an error that
 * does not pass by itself, when it does not log in after its start, and at once when it wants to be
 * scanned.
 */
export class BotWatch {
  readonly #options: BotWatchOptions;
  #account: Account = { id: '', name: '' };
  #platform = '';
  #isOnline = false;
  #isExpected = false;
  #error: unknown;
  #raised: { readonly subject: string; readonly reason: OfflineReason } | undefined;
  #waiting: AbortController | undefined;

  constructor(options: BotWatchOptions) {
    this.#options = options;
  }

  /** The bot begins to be expected, unless it is online. */
  started(): void {
    this.#isExpected = true;
    if (!this.#isOnline && this.#raised === undefined) this.#raiseAfter(loginMs, 'no-login');
  }

  /** The puppet that it uses. */
  uses(platform: string): void {
    this.#platform = platform;
  }

  /** It is logged in. */
  online({ id, name }: Account): void {
    this.#waiting?.abort();
    this.#isOnline = true;
    const former = id === this.#account.id ? this.#account.name : '';
    this.#account = { id, name: name || former };
    if (this.#raised === undefined) return;
    const { subject } = this.#raised;
    this.#raised = undefined;
    this.#options.port.clear({ kind, subject, text: backText(labelOf(this.#account)) });
  }

  /** It is logged out. */
  loggedOut(): void {
    this.#isOnline = false;
    // Wechaty looks the account up before it emits a logout: that of a stop may come behind the stop.
    if (this.#isExpected && this.#raised === undefined) this.#raiseAfter(settleMs, 'logout');
  }

  /** It shows a QR code, to be scanned with the phone of its account. */
  wantsScan(qrcode: string): void {
    this.#isOnline = false;
    this.#raise('scan', qrcode.slice(0, maxCodeLength));
  }

  /** Its `error` event. */
  troubled(error: unknown): void {
    if (!this.#isExpected || this.#isOnline || this.#raised?.reason === 'scan') return;
    this.#error = error;
    if (this.#raised === undefined) this.#raiseAfter(settleMs, 'error');
    else this.#raise('error');
  }

  /** It was stopped, or is not attached any more: it is not expected. */
  left(): void {
    this.#waiting?.abort();
    this.#isOnline = false;
    this.#isExpected = false;
    if (this.#raised === undefined) return;
    this.#options.port.forget({ kind, subject: this.#raised.subject });
    this.#raised = undefined;
  }

  #raiseAfter(ms: number, reason: OfflineReason): void {
    this.#waiting?.abort();
    this.#waiting = callAfter(this.#options.clock, ms, () => this.#raise(reason));
  }

  #raise(reason: OfflineReason, qrcode?: string): void {
    this.#waiting?.abort();
    const { port, alias } = this.#options;
    const subject = this.#raised?.subject ?? (this.#account.id || alias);
    this.#raised = { subject, reason };
    const bot = labelOf(this.#account) || this.#platform || alias;
    const text = offlineText(reason, { bot, error: this.#error, qrcode });
    port.raise({ kind, subject, text, details: this.#details(reason, qrcode), aspect: reason });
  }

  #details(reason: OfflineReason, qrcode: string | undefined): AlertDetails {
    const { id, name } = this.#account;
    return {
      reason,
      ...(id !== '' && { botId: id }),
      ...(name !== '' && { botName: name }),
      ...(this.#platform !== '' && { platform: this.#platform }),
      ...(reason === 'error' && { error: nameOf(this.#error) }),
      ...(qrcode !== undefined && { qrcode, qrcodeUrl: qrcodeUrl(qrcode) }),
    };
  }
}

function labelOf({ id, name }: Account): string {
  return name === '' || name === id ? id : `${name} (${id})`;
}
