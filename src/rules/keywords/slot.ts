/** Where the search for the child of `parent` by `unit` begins in a table of `size` (a power of 2). */
export function slotOf(parent: number, unit: number, size: number): number {
  const mixed = Math.imul(parent, 0x9e37_79b1) ^ Math.imul(unit, 0x85eb_ca6b);
  return (mixed ^ (mixed >>> 15)) & (size - 1);
}
