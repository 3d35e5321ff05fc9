/** A `{{variable}}` in an address, its name in the first group. */
export const variablePattern = /\{\{([^{}]*)\}\}/gu;

/** The names of the `{{variables}}` in an address or a part of one, in order, also repeated ones. */
export function variableNames(part: string): readonly string[] {
  return Array.from(part.matchAll(variablePattern), ([, name = '']) => name.trim());
}
