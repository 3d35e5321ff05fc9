import { useState } from 'react';
import type { Bilingual } from '../../../../core/language.js';
import type { Change, RuleList } from '../../../api/contract.js';
import { useText } from '../../language/language.js';
import { useFocusBack } from '../../parts/use-focus-back.js';
import { PlanDialog } from '../../plan/plan-dialog.js';
import { CopyDialog } from './copy-dialog.js';
import { texts } from './texts.js';

/** A change that somebody wants. */
export type Wanted =
  | { readonly kind: 'copy'; readonly name: string }
  | { readonly kind: 'delete'; readonly name: string }
  | { readonly kind: 'enable'; readonly name: string; readonly enabled: boolean }
  | { readonly kind: 'order'; readonly moves: readonly Change[] };

interface Props {
  readonly wanted: Wanted;
  readonly list: RuleList;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

/** Asks whether a change is to be made, with its plan. */
export function ChangeDialog({ wanted, list, onDone, onClose }: Props) {
  const text = useText();
  useFocusBack();
  const [copyName, setCopyName] = useState<string>();
  if (wanted.kind === 'copy' && copyName === undefined) {
    return <CopyDialog name={wanted.name} list={list} onNext={setCopyName} onClose={onClose} />;
  }
  const { title, okText, changes } = asked(wanted, copyName ?? '');
  return (
    <PlanDialog
      title={text(title)}
      {...(okText && { okText: text(okText) })}
      isDanger={wanted.kind === 'delete'}
      body={{ edition: list.edition, changes: [...changes] }}
      onSaved={onDone}
      onClose={onClose}
    />
  );
}

interface Asked {
  readonly title: Bilingual;
  readonly okText?: Bilingual;
  readonly changes: readonly Change[];
}

function asked(wanted: Wanted, copyName: string): Asked {
  switch (wanted.kind) {
    case 'copy':
      return {
        title: texts.copyTitle(wanted.name),
        okText: texts.copyNow,
        changes: [{ kind: 'copy', name: wanted.name, as: copyName }],
      };
    case 'delete':
      return {
        title: texts.deleteTitle(wanted.name),
        okText: texts.deleteNow,
        changes: [{ kind: 'delete', names: [wanted.name] }],
      };
    case 'enable':
      return {
        title: (wanted.enabled ? texts.enableTitle : texts.disableTitle)(wanted.name),
        okText: wanted.enabled ? texts.enable : texts.disable,
        changes: [{ kind: 'enable', names: [wanted.name], enabled: wanted.enabled }],
      };
    case 'order':
    default:
      return { title: texts.orderTitle, changes: wanted.moves };
  }
}
