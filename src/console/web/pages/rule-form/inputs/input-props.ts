import type { FieldIds } from '../../../parts/field.js';

/** What every input of the form is given. */
export interface InputProps {
  readonly ids: FieldIds;
  readonly path: string;
  readonly label: string;
  /** As the rule has it; undefined where it says nothing. */
  readonly value: unknown;
  /** What is in force where the rule says nothing. */
  readonly inherited: unknown;
  /** The words it may have. */
  readonly choices: readonly string[];
  readonly isReadOnly: boolean;
  /** Its texts are patterns, in which commas have a meaning of their own. */
  readonly isPatterns?: boolean;
  /** `undefined`: the rule says nothing. */
  readonly onChange: (value: unknown) => void;
}

/** One or several as a list; a file may say either. */
export function listOf(value: unknown): readonly unknown[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}
