import { type IsPersonal, personalIn } from './personal-fields.js';
import { masked } from './redact.js';
import type { Task } from './task.js';

/** Variables of an event, by their names. */
export type Variables = Readonly<Record<string, string>>;

/** The variables of a platform event, with those about a person apart. */
export interface PartedVariables {
  /** What every receiver gets; in `raw` the personal fields are masked. */
  readonly variables: Variables;
  /** What only `callback.context: [personal]` sends, `raw` as a whole with it. Absent: there is nothing. */
  readonly personal?: Variables;
}

/** Takes apart what an event tells of a person. `variables.raw` is the whole event as JSON. */
export function partPersonal(event: string, variables: Variables): PartedVariables {
  const isPersonal = personalIn(event);
  const masks = maskPersonal(event, variables);
  const names = Object.keys(variables).filter((name) => masks[name] !== variables[name]);
  if (isPersonal === undefined || names.length === 0) return { variables };
  const apart = new Set(names);
  const open = Object.entries(masks).filter(([name]) => name === 'raw' || !apart.has(name));
  const personal = Object.entries(variables).filter(([name]) => apart.has(name));
  return { variables: Object.fromEntries(open), personal: Object.fromEntries(personal) };
}

/** The same variables, each value that is about a person masked, also inside `raw`. */
export function maskPersonal(event: string, variables: Variables): Variables {
  const isPersonal = personalIn(event);
  if (isPersonal === undefined) return variables;
  const shown = Object.entries(variables).map(([name, value]) => {
    if (name === 'raw') return [name, maskedRaw(value, isPersonal)];
    return [name, value !== '' && isPersonal(name, value) ? masked : value];
  });
  return Object.fromEntries(shown) as Variables;
}

/** A task as people may look at it: what its event tells of a person is masked. */
export function withoutPersonal(task: Task): Task {
  const { variables } = task.request;
  if (variables === undefined || personalIn(task.event) === undefined) return task;
  const request = { ...task.request, variables: maskPersonal(task.event, variables) };
  return { ...task, request };
}

/** The JSON of an event with its personal fields masked; the same text where there are none. */
function maskedRaw(raw: string, isPersonal: IsPersonal): string {
  if (raw === '') return raw;
  let found = false;
  const hide = (key: string, value: unknown): unknown => {
    if (key === '' || value === '' || value === null || !isPersonal(key, value)) return value;
    found = true;
    return masked;
  };
  try {
    const shown = JSON.stringify(JSON.parse(raw, hide));
    return found ? shown : raw;
  } catch {
    // What cannot be read cannot be masked in part.
    return masked;
  }
}
