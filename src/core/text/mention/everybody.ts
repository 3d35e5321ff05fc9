/** What stands behind the `@` when everybody is mentioned. */
export const everybodyNames: readonly string[] = [
  '所有人',
  '全体成员',
  'all',
  'All',
  'ALL',
  'everyone',
  'Everyone',
  'AtAllTag',
];

const ids: ReadonlySet<string> = new Set([
  '@all',
  'all',
  'announcement@all',
  'notify@all',
  'AtAllTag',
]);

/** True for an id that puppets use for everybody. */
export function isEverybody(id: string): boolean {
  return ids.has(id);
}
