import type { Change } from './contract.js';

/** A line of the log is to stay one. */
const maxNoted = 500;

/** What changes do to which rules, on one line for the log: never what is in the rules. */
export function changesText(changes: readonly Change[]): string {
  return changes.map(changeText).join('; ').slice(0, maxNoted);
}

function changeText(change: Change): string {
  switch (change.kind) {
    case 'add':
      return `add ${JSON.stringify(change.rule['name'])}`;
    case 'enable':
      return `${change.enabled ? 'enable' : 'disable'} ${change.names.join(', ')}`;
    case 'delete':
      return `delete ${change.names.join(', ')}`;
    case 'copy':
      return `copy ${change.name} as ${change.as}`;
    case 'edit':
    case 'move':
    default:
      return `${change.kind} ${change.name}`;
  }
}
