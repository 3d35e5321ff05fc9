import type { Quotation } from '../../event.js';

/** A text, parted. */
export interface PartedText {
  /** What is said now. */
  readonly words: string;
  /** What is quoted; absent: nothing is. */
  readonly quoted?: Quotation;
}
