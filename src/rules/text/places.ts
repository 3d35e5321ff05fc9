import type { SearchPlace } from '../../core/rule.js';

/** The texts in these places, in their order. Without a quotation there is nothing to look into. */
export function textsIn(
  places: readonly SearchPlace[],
  text: string,
  quoted: string,
): readonly string[] {
  if (places.length === 1 && places[0] === 'text') return [text];
  return places.flatMap((place) => {
    if (place === 'text') return [text];
    return quoted === '' ? [] : [quoted];
  });
}
