import leven from 'leven';

/** The candidate that was probably meant, if one is near enough; case, `-` and `_` do not count. */
export function suggest(found: string, candidates: readonly string[]): string | undefined {
  const wanted = plain(found);
  let best: string | undefined;
  // About every third character may be wrong: `keywrods` is near `keywords`, `foo` is not near `in`.
  let bestDistance = Math.floor(wanted.length / 3) + 1;
  for (const candidate of candidates) {
    const distance = distanceOf(wanted, plain(candidate), bestDistance);
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** How many letters are wrong; two that changed places are one: `macth` is near `match`. */
function distanceOf(wanted: string, candidate: string, maxDistance: number): number {
  return isTransposed(wanted, candidate) ? 1 : leven(wanted, candidate, { maxDistance });
}

function isTransposed(wanted: string, candidate: string): boolean {
  let at = 0;
  while (at < wanted.length && wanted[at] === candidate[at]) at += 1;
  const { [at]: one, [at + 1]: other } = wanted;
  const swapped = `${wanted.slice(0, at)}${other}${one}${wanted.slice(at + 2)}`;
  return other !== undefined && swapped === candidate;
}

// Nobody misspells a key in a hundred characters; the cut bounds the work on hostile input.
function plain(text: string): string {
  return text
    .slice(0, 100)
    .toLowerCase()
    .replaceAll(/[-_\s]/gu, '');
}
