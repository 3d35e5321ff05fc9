import type { KeptValue } from '../../../../api/contract.js';
import { isObject } from './value-at.js';

/** True for the stand-in of a value that is not sent to the page. */
export function isKept(value: unknown): value is KeptValue {
  return isObject(value) && '$kept' in value;
}

/** A value that is read from the environment, where something else than a text is expected. */
export function isReference(value: unknown): value is string {
  return typeof value === 'string' && value.includes('${');
}
