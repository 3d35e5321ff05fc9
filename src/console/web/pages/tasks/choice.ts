import type { TaskListQuery } from '../../../api/contract.js';

/** What of the tasks is shown; it stands in the address, so that a link can carry it. */
export type Choice = Pick<
  TaskListQuery,
  'state' | 'rule' | 'conversation' | 'since' | 'until' | 'cursor'
>;

const keys = ['state', 'rule', 'conversation', 'since', 'until', 'cursor'] as const;

/** The choice in an address. */
export function choiceIn(query: URLSearchParams): Choice {
  return Object.fromEntries(
    keys.flatMap((key) => {
      const value = query.get(key);
      return value === null || value === '' ? [] : [[key, value]];
    }),
  );
}

/** The address of a choice. */
export function pathOfChoice(choice: Choice): string {
  const given = Object.entries(choice).filter(([, value]) => value !== undefined && value !== '');
  const query = new URLSearchParams(given.map(([key, value]) => [key, String(value)])).toString();
  return query === '' ? 'tasks' : `tasks?${query}`;
}
