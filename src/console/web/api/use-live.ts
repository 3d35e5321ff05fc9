import { useEffect, useEffectEvent, useState } from 'react';
import type { LiveItem, LiveKind } from '../../api/contract.js';
import { listen } from './live-stream.js';

/** An item of the stream, of one of the kinds asked for. */
type ItemOf<Kind extends LiveKind> = Extract<LiveItem, { kind: Kind }>;

/**
 * Follows what happens, of some kinds. A `gap` comes unasked: what is shown must be loaded again.
 *
 * @returns whether the stream is open
 */
export function useLive<Kind extends LiveKind>(
  kinds: readonly Kind[],
  onItem: (item: ItemOf<Kind> | ItemOf<'gap'>) => void,
): boolean {
  const [isOpen, setOpen] = useState(false);
  const take = useEffectEvent((item: LiveItem) => {
    if (item.kind === 'gap' || kinds.some((kind) => kind === item.kind)) {
      onItem(item as ItemOf<Kind>);
    }
  });
  useEffect(() => listen({ onItem: (item) => take(item), onOpen: setOpen }), []);
  return isOpen;
}
