import { z } from 'zod';
import type { AlertDetails } from '../core/alert.js';
import type { Bilingual } from '../core/language.js';

/** The body of the POST to an address under `alerts`, in the format `json`. */
export interface AlertBody {
  /** The same in every try to post this alert. */
  readonly id: string;
  /** The kind: one of `alerts.on`, or `test` of `doctor --alerts`. Kinds may be added. */
  readonly alert: string;
  /** `resolved`: the state is over. */
  readonly status: 'firing' | 'resolved';
  /** The bot's id, the receiver's origin: with `alert` it names the state. */
  readonly subject: string;
  /** When the state began, ISO 8601 in UTC. */
  readonly since: string;
  /** When this alert was made, ISO 8601 in UTC. */
  readonly at: string;
  /** For people. Never holds what was said in a chat. */
  readonly text: Bilingual;
  /** For programs; the keys depend on `alert`, and more may be added. */
  readonly details: AlertDetails;
  /** The program that sends it: `host/pid`. */
  readonly instance: string;
}

/** Checks the body of an alert. Unknown kinds are allowed; unknown fields are allowed and ignored. */
export const alertBodySchema = z.object({
  id: z.string(),
  alert: z.string(),
  status: z.enum(['firing', 'resolved']),
  subject: z.string(),
  since: z.iso.datetime(),
  at: z.iso.datetime(),
  text: z.object({ en: z.string(), zh: z.string() }),
  details: z.record(z.string(), z.union([z.string(), z.number(), z.array(z.string())])),
  instance: z.string(),
}) satisfies z.ZodType<AlertBody>;
