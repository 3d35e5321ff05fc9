/** How an indexed keyword lies in a text. */
export type LiteralMode = 'contains' | 'equals' | 'startsWith' | 'endsWith';

/** What the index knows of one rule. */
export interface IndexedKeywords {
  /** The rule's number. */
  readonly rule: number;
  /** Folded, none of them empty. */
  readonly keywords: readonly string[];
  readonly mode: LiteralMode;
  /** How many distinct keywords a text must have. */
  readonly needed: number;
}
