import { useEffect, useEffectEvent, useState } from 'react';
import type { LiveItem, LiveKind } from '../../api/contract.js';
import { liveUrl } from './client.js';

/** An item of the stream, of one of the kinds asked for. */
type ItemOf<Kind extends LiveKind> = Extract<LiveItem, { kind: Kind }>;

/**
 * Follows the stream of what happens. The browser connects again by itself, behind what it has.
 *
 * @returns whether the stream is open
 */
export function useLive<Kind extends LiveKind>(
  kinds: readonly Kind[],
  onItem: (item: ItemOf<Kind> | ItemOf<'gap'>) => void,
): boolean {
  const [isOpen, setOpen] = useState(false);
  const latest = useEffectEvent(onItem);
  const list = kinds.join(',');
  useEffect(() => {
    const source = new EventSource(liveUrl(list.split(',')));
    source.addEventListener('open', () => setOpen(true));
    source.addEventListener('error', () => setOpen(false));
    for (const kind of [...list.split(','), 'gap']) {
      source.addEventListener(kind, ({ data }: MessageEvent<string>) => {
        latest({ kind, ...JSON.parse(data) } as ItemOf<Kind>);
      });
    }
    return () => source.close();
  }, [list]);
  return isOpen;
}
