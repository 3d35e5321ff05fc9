/** What a label is called when there are too many different ones. */
const otherLabel = 'other';

/**
 * Lets through the first `most` different values of a label and calls all further ones `other`:
 * names that come from outside must not make series without end.
 */
export function boundedLabel(most: number): (value: string) => string {
  const known = new Set<string>();
  return (value) => {
    if (known.has(value)) return value;
    if (known.size >= most) return otherLabel;
    known.add(value);
    return value;
  };
}
