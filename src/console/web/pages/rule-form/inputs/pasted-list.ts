/**
 * The entries of a pasted list, without blank ones: by lines and tabs, and by commas and semicolons
 * of either width and `、`. In a list of patterns only lines and tabs divide, since `{1,3}` is one.
 */
export function pastedList(text: string, isPatterns: boolean): readonly string[] {
  return text
    .split(isPatterns ? /[\r\n\t]/u : /[\r\n\t,，、;；]/u)
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
}
