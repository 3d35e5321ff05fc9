/** What the header of a recording tells. */
export interface Recording {
  /** Absent when it does not tell. */
  readonly seconds?: number;
  /** Of the picture, in pixels, upright; absent where there is none. */
  readonly size?: { readonly width: number; readonly height: number };
}

/**
 * Reads MP4, M4A and MOV (ISO/IEC 14496-12): the length stands in `moov/mvhd`, the size of the picture
 * in `moov/trak/tkhd`. Of a file in fragments no length is known.
 *
 * @throws RangeError for a header that is cut off
 */
export function readIsoMedia(bytes: Buffer): Recording {
  const [movie] = boxesOf(bytes, 'moov');
  if (movie === undefined) return {};
  const [header] = boxesOf(movie, 'mvhd');
  const seconds = header && secondsOf(header);
  const tracks = boxesOf(movie, 'trak').flatMap((track) => boxesOf(track, 'tkhd'));
  const size = tracks.map(pictureOf).find(({ width, height }) => width > 0 && height > 0);
  return { ...(seconds && { seconds }), ...(size && { size }) };
}

/** The contents of all boxes of one type on one level. */
function boxesOf(bytes: Buffer, type: string): readonly Buffer[] {
  const found: Buffer[] = [];
  for (let at = 0; at + 8 <= bytes.length; ) {
    const short = bytes.readUInt32BE(at);
    // 1: the size is a long one, behind the type; 0: the box is the last.
    const head = short === 1 ? 16 : 8;
    const long = short === 1 ? Number(bytes.readBigUInt64BE(at + 8)) : short;
    const size = short === 0 ? bytes.length - at : long;
    if (size < head) break;
    if (bytes.toString('latin1', at + 4, at + 8) === type) {
      found.push(bytes.subarray(at + head, at + size));
    }
    at += size;
  }
  return found;
}

/** Times are of 64 bits in version 1, of 32 in version 0. All bits set: not known. */
function secondsOf(header: Buffer): number | undefined {
  const isLong = header.readUInt8(0) === 1;
  const scale = header.readUInt32BE(isLong ? 20 : 12);
  const units = isLong ? Number(header.readBigUInt64BE(24)) : header.readUInt32BE(16);
  const isKnown = scale > 0 && units > 0 && units < (isLong ? 2 ** 63 : 0xff_ff_ff_ff);
  return isKnown ? units / scale : undefined;
}

/** Width and height are in 16.16; phones lay their pictures on the side, and say so in the matrix. */
function pictureOf(header: Buffer) {
  const matrix = header.readUInt8(0) === 1 ? 52 : 40;
  const width = Math.round(header.readUInt32BE(matrix + 36) / 65_536);
  const height = Math.round(header.readUInt32BE(matrix + 40) / 65_536);
  const isOnSide = header.readInt32BE(matrix) === 0 && header.readInt32BE(matrix + 4) !== 0;
  return isOnSide ? { width: height, height: width } : { width, height };
}
