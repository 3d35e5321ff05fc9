import { LRUCache } from 'lru-cache';
import type { DownloadedMedia } from './client.js';
import type { Media } from './decoded.js';

/** So much of what was fetched is kept, in bytes. */
const maxBytes = 16_000_000;
/** As long as an address of the platform is good, in ms. */
const keptMs = 300_000;

/** What people sent, fetched once for all who ask. */
export interface FetchedFiles {
  /** Rejects as the fetching does; what failed is fetched anew the next time. */
  of(media: Media): Promise<DownloadedMedia>;
}

/** Nothing is fetched yet. The newest files are kept for five minutes; a larger one is fetched again. */
export function createFetchedFiles(
  fetch: (media: Media) => Promise<DownloadedMedia>,
): FetchedFiles {
  const underWay = new Map<string, Promise<DownloadedMedia>>();
  const fetched = new LRUCache<string, DownloadedMedia>({
    maxSize: maxBytes,
    sizeCalculation: ({ bytes }) => Math.max(1, bytes.length),
    ttl: keptMs,
    ttlAutopurge: true,
  });
  const begin = async (media: Media) => {
    try {
      const file = await Promise.resolve(media).then(fetch);
      fetched.set(media.url, file);
      return file;
    } finally {
      underWay.delete(media.url);
    }
  };
  return {
    of: (media) => {
      const known = fetched.get(media.url);
      if (known !== undefined) return Promise.resolve(known);
      const asked = underWay.get(media.url) ?? begin(media);
      underWay.set(media.url, asked);
      return asked;
    },
  };
}
