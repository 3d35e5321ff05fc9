import { z } from 'zod';
import type { Bilingual } from '../../../core/language.js';

/** `POST /login` */
export const loginBody = z.strictObject({ password: z.string().max(1000) });
/** `POST /login` */
export type LoginBody = z.input<typeof loginBody>;

/** `POST /password`: ends all other sessions. */
export const passwordBody = z.strictObject({
  current: z.string().max(1000),
  /** At least 10 characters. */
  next: z.string().min(10).max(1000),
});
/** `POST /password` */
export type PasswordBody = z.input<typeof passwordBody>;

/** `GET /session`, and the answer to a login: what the page must know before it shows anything. */
export interface Session {
  /** When it ends unless used, in ms since 1970. */
  readonly expiresAt: number;
  /** The version of this program. */
  readonly version: string;
  /** Message text is left out of lists. */
  readonly private: boolean;
  /** Events are remembered: `GET /events` and the plan's comparison work. */
  readonly history: boolean;
  /** There is a bot to chat with here: `/chat` works. */
  readonly chat: boolean;
  /** The file with the rules, absolute; absent when the rules stand in code. */
  readonly file?: string;
  /** Present when the rules cannot be changed here: why. */
  readonly readOnly?: Bilingual;
}
