import type { AsWritten } from '../../config/as-written.js';
import type { Config } from '../../config/config.js';
import { readWritten } from '../../config/source/read-source.js';
import { type Problem, ProblemsError } from '../../core/problem.js';
import type { RulesPort } from '../ports.js';
import { type FileText, readRuleFile, whyReadOnly } from './rule-file.js';

/** The rules as they stand in their file now. */
export interface CurrentRules {
  /** Changes with every byte of the file; one word where there is no file to edit. */
  readonly edition: string;
  /** The text of the file; absent where it cannot be edited. */
  readonly text?: string;
  /** As written; `undefined` when the file cannot be read as YAML or JSON. */
  readonly data: unknown;
  /** What is wrong with the file; the rules in force are others then. */
  readonly problems: readonly Problem[];
  /** What the file says; absent when something is wrong with it. */
  readonly config?: Config;
  /** Hides in texts about these rules what the environment filled in. */
  readonly asWritten: AsWritten;
}

/** The edition of rules that stand in no file that can be edited. */
const fixedEdition = 'fixed';

/** Reads the rules, checking a file only when it is another than before. */
export function createCurrentRules(port: RulesPort): () => Promise<CurrentRules> {
  let known: CurrentRules | undefined;
  const { file } = port;
  return async () => {
    if (file === undefined || whyReadOnly(file) !== undefined) {
      const config = port.config();
      const asWritten = port.asWritten();
      return { edition: fixedEdition, data: port.written(), problems: [], config, asWritten };
    }
    const read = await readRuleFile(file);
    if (known?.edition !== read.edition) known = await checked(port, read);
    return known;
  };
}

async function checked(port: RulesPort, { text, edition }: FileText): Promise<CurrentRules> {
  const read = await readWritten(text);
  const { data, usable } = read;
  const written = { edition, text, data: usable ? data : undefined };
  try {
    const { config, asWritten } = await port.check(read);
    return { ...written, problems: [], config, asWritten };
  } catch (error) {
    if (!(error instanceof ProblemsError)) throw error;
    return { ...written, problems: error.problems, asWritten: port.asWritten() };
  }
}
