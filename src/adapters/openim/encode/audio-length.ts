/** The length of a WAV file, in seconds; `undefined` when it is none. Throws RangeError when cut off. */
export function wavSeconds(bytes: Buffer): number | undefined {
  if (tagAt(bytes, 0) !== 'RIFF' || tagAt(bytes, 8) !== 'WAVE') return undefined;
  let bytesPerSecond = 0;
  for (let at = 12; at + 8 <= bytes.length; ) {
    const size = bytes.readUInt32LE(at + 4);
    const body = at + 8;
    if (tagAt(bytes, at) === 'fmt ') bytesPerSecond = bytes.readUInt32LE(body + 8);
    if (tagAt(bytes, at) === 'data' && bytesPerSecond > 0) {
      // What is written while it is recorded claims the largest size.
      return Math.min(size, bytes.length - body) / bytesPerSecond;
    }
    // Chunks begin at even places.
    at = body + size + (size % 2);
  }
  return undefined;
}

const amrHeader = '#!AMR\n';
/** Bytes of a frame without its first, by the type that stands there (RFC 4867). */
const amrFrames = [12, 13, 15, 17, 19, 20, 26, 31, 5];

/** The length of an AMR file, in seconds: a frame lasts 20 ms. `undefined` when it is none. */
export function amrSeconds(bytes: Buffer): number | undefined {
  if (bytes.toString('latin1', 0, amrHeader.length) !== amrHeader) return undefined;
  let frames = 0;
  for (let at = amrHeader.length; at < bytes.length; frames += 1) {
    at += 1 + (amrFrames[(bytes.readUInt8(at) >> 3) & 15] ?? 0);
  }
  return frames / 50;
}

/** Of layer III, in bits per second, by their index: of MPEG 1, and of MPEG 2 and 2.5. */
const mp3Rates = [
  [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
].map((rates) => rates.map((rate) => rate * 1000));
const mp3Samples = [44_100, 48_000, 32_000];
/** Of MPEG 2.5, none, 2 and 1, by their index: the samples per second of MPEG 1 are divided by it. */
const mp3Divisors = [4, undefined, 2, 1];

/**
 * The length of an MP3 file, in seconds: what the encoder has noted, else what follows from the rate of
 * the first frame. `undefined` when it is none. Throws RangeError when it is cut off.
 */
export function mp3Seconds(bytes: Buffer): number | undefined {
  const start = endOfTag(bytes);
  const frame = mp3Frame(bytes.readUInt32BE(start));
  if (frame === undefined) return undefined;
  const noted = notedFrames(bytes.subarray(start, start + 48));
  return noted === undefined
    ? ((bytes.length - start) * 8) / frame.bitsPerSecond
    : noted * frame.seconds;
}

/** What the first four bytes of a frame tell; `undefined` when it is none of layer III. */
function mp3Frame(header: number) {
  if (header >>> 21 !== 0x7_ff || ((header >>> 17) & 3) !== 1) return undefined;
  const divisor = mp3Divisors[(header >>> 19) & 3];
  const bitsPerSecond = mp3Rates[divisor === 1 ? 0 : 1]?.[(header >>> 12) & 15];
  const samples = mp3Samples[(header >>> 10) & 3];
  if (!divisor || !bitsPerSecond || !samples) return undefined;
  const seconds = ((divisor === 1 ? 1152 : 576) * divisor) / samples;
  return { bitsPerSecond, seconds };
}

/** ID3v2 stands before the sound, its size in four times seven bits. */
function endOfTag(bytes: Buffer): number {
  if (bytes.toString('latin1', 0, 3) !== 'ID3') return 0;
  return 10 + bytes.subarray(6, 10).reduce((size, seven) => size * 128 + seven, 0);
}

/** How many frames there are, as encoders note it in the first one (`Xing`, or `Info`). */
function notedFrames(frame: Buffer): number | undefined {
  const at = Math.max(frame.indexOf('Xing'), frame.indexOf('Info'));
  const isNoted = at > 0 && (frame.readUInt32BE(at + 4) & 1) === 1;
  return isNoted ? frame.readUInt32BE(at + 8) : undefined;
}

function tagAt(bytes: Buffer, at: number): string {
  return bytes.toString('latin1', at, at + 4);
}
