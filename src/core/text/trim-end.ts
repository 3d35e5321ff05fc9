/**
 * The text without the characters at its end that are among `marks`. Takes linear time, which an
 * expression such as `/\/+$/` does not: it tries anew at every mark.
 *
 * @param marks of one code unit each
 */
export function trimEndOf(text: string, marks: string): string {
  let end = text.length;
  while (end > 0 && marks.includes(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}
