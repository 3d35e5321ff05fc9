/** What one life is told. */
export interface LifeOptions {
  /** The journal's file. */
  readonly journal: string;
  /** The file for its notes. */
  readonly evidence: string;
  /** The receiver. */
  readonly url: string;
  /** Its number. */
  readonly life: number;
  /** Of its random choices. */
  readonly seed: number;
  /** Whether it accepts tasks of its own until it is told to end. */
  readonly feeds: boolean;
  /** Default: the journal's. */
  readonly leaseMs?: number;
}
