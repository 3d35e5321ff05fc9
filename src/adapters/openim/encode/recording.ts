import { amrSeconds, mp3Seconds, wavSeconds } from './audio-length.js';
import { type Recording, readIsoMedia } from './iso-media.js';

export type { Recording };

const readers: readonly ((bytes: Buffer) => Recording)[] = [
  readIsoMedia,
  ...[wavSeconds, amrSeconds, mp3Seconds].map((secondsOf) => (bytes: Buffer) => {
    const seconds = secondsOf(bytes);
    return seconds === undefined ? {} : { seconds };
  }),
];

/**
 * What can be read of a recording without decoding it: MP4, M4A and MOV tell length and picture, WAV,
 * AMR and MP3 their length. Nothing of what is broken, or in another format.
 */
export function readRecording(bytes: Buffer): Recording {
  for (const reader of readers) {
    try {
      const found = reader(bytes);
      if (found.seconds !== undefined || found.size !== undefined) return found;
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
    }
  }
  return {};
}
