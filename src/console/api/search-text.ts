/**
 * The most marks of one character that count, in code units. Normalization sorts them in quadratic
 * time; no script writes so many, and the Stream-Safe Text Format of UAX #15 allows no more.
 */
const mostMarks = 30;

/**
 * A text as a search compares it: without regard to case, to full width and to how characters are
 * composed. Takes linear time, whatever people write.
 */
export function searchText(text: string): string {
  return text
    .replaceAll(/\p{M}+/gu, (marks) => marks.slice(0, mostMarks))
    .normalize('NFKC')
    .toLowerCase();
}
