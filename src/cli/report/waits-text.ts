import { visible } from '../../core/text/visible.js';
import { type WaitsFor, waitsForText } from '../../core/waits-for.js';
import type { CliIo } from '../io.js';
import { moment } from './moment.js';

/** For what a task waits, in the language of the output; `""` when it is not known. */
export function waitsText(waitsFor: WaitsFor | undefined, { language }: CliIo): string {
  return waitsFor === undefined ? '' : visible(waitsForText(waitsFor, moment)[language]);
}
