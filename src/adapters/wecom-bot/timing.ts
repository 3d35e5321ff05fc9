/** How long a bot waits for what, in ms. */
export interface BotTiming {
  /** A callback waits so long for what is said. */
  readonly heldMs: number;
  /** The platform may take so long to answer a frame of the long connection. */
  readonly ackMs: number;
  /** Open answers are looked after so often. */
  readonly sweepEveryMs: number;
  /** What grows here is brought to other instances so often. */
  readonly tellEveryMs: number;
  /** A held request asks so often what was said in other instances. */
  readonly lookEveryMs: number;
  /** What instances that are gone left is looked for so often. */
  readonly adoptEveryMs: number;
  /** An open answer is compared with what other instances know of it so often. */
  readonly compareEveryMs: number;
}

export const usualTiming: BotTiming = {
  // The platform waits five seconds (D101027); what is left is for the way back.
  heldMs: 4500,
  // What the platform's own SDK waits.
  ackMs: 5000,
  sweepEveryMs: 1000,
  // A screen asks once a second.
  tellEveryMs: 250,
  lookEveryMs: 120,
  adoptEveryMs: 4000,
  compareEveryMs: 4000,
};
