/**
 * A number from 0 up to, not including, 1 that looks random and is always the same for the same
 * event and rule: an event that is delivered twice is decided the same way twice.
 */
export function draw(eventId: string, rule: string): number {
  let hash = mix(0x811c_9dc5, eventId);
  hash = mix(Math.imul(hash ^ 0xff, 0x0100_0193), rule);
  hash ^= hash >>> 16;
  hash = Math.imul(hash, 0x85eb_ca6b);
  hash ^= hash >>> 13;
  hash = Math.imul(hash, 0xc2b2_ae35);
  hash ^= hash >>> 16;
  return (hash >>> 0) / 0x1_0000_0000;
}

/** FNV-1a over the code units. */
function mix(seed: number, text: string): number {
  let hash = seed;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    hash = Math.imul(hash ^ (unit & 0xff), 0x0100_0193);
    hash = Math.imul(hash ^ (unit >>> 8), 0x0100_0193);
  }
  return hash;
}
