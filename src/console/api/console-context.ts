import { Hono } from 'hono';
import type { Access } from '../access/access.js';
import type { Audit } from '../access/audit.js';
import type { Guarded } from '../access/guard.js';
import type { ConsolePorts } from '../ports.js';
import type { RuleEditor } from '../rules/rule-editor.js';

/** What the routes of the API share. */
export interface ConsoleContext extends ConsolePorts {
  readonly access: Access;
  readonly audit: Audit;
  readonly editor: RuleEditor;
  /** Ends what lasts: streams of events. */
  readonly closing: AbortSignal;
}

/** Routes behind the guard. */
export type Part = Hono<Guarded>;

/** No routes yet. */
export function createPart(): Part {
  return new Hono<Guarded>();
}
