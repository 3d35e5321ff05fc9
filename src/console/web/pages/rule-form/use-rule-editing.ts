import { useMemo, useState } from 'react';
import type { FieldProblem, RuleDraft } from '../../../api/contract.js';
import type { SchemaReader } from './draft/schema.js';
import { isSame, valueAt, withValue } from './draft/value-at.js';
import { type ProblemsByField, problemsByField } from './problems-of.js';

const none: readonly FieldProblem[] = [];

/** A rule while it is edited. */
export interface RuleEditing {
  readonly draft: RuleDraft;
  readonly schema: SchemaReader;
  readonly isReadOnly: boolean;
  readonly isChanged: boolean;
  readonly problems: ProblemsByField;
  /** What is in force where the rule says nothing: of the file's `defaults`, else of the schema. */
  readonly inherited: (path: string) => unknown;
  readonly set: (path: string, value: unknown) => void;
  readonly tell: (problems: readonly FieldProblem[]) => void;
}

/** What an edit begins with. */
export interface Beginning {
  readonly rule: RuleDraft;
  readonly defaults: RuleDraft;
  readonly schema: SchemaReader;
  readonly isReadOnly: boolean;
}

/** Holds a draft. What a rule need not say, because it holds anyway, is not written into it. */
export function useRuleEditing({ rule, defaults, schema, isReadOnly }: Beginning): RuleEditing {
  const [draft, setDraft] = useState(rule);
  const [told, setTold] = useState({ problems: none, draft });
  const byField = useMemo(() => problemsByField(told.problems, told.draft), [told]);
  const inherited = (path: string) => valueAt(defaults, path) ?? schema.initial(path);
  return {
    draft,
    schema,
    isReadOnly,
    isChanged: !isSame(draft, rule),
    problems: byField,
    inherited,
    set: (path, value) => {
      const isNeedless =
        valueAt(rule, path) === undefined && isSame(value, inherited(path)) && path !== 'name';
      setDraft((current) => withValue(current, path, isNeedless ? undefined : value));
    },
    tell: (problems) => setTold({ problems, draft }),
  };
}
