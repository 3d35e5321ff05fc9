/** A box of ISO/IEC 14496-12. */
function box(type: string, ...contents: readonly Buffer[]): Buffer {
  const body = Buffer.concat(contents);
  const head = Buffer.alloc(8);
  head.writeUInt32BE(body.length + 8, 0);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, body]);
}

/** What an MP4 file is made of. */
export interface Mp4Options {
  readonly seconds: number;
  /** Of the picture, in pixels; absent: sound alone. */
  readonly size?: readonly [width: number, height: number];
  /** The camera was held upright, the picture lies on its side. */
  readonly isOnSide?: boolean;
  /** 1: times of 64 bits. Default: 0. */
  readonly version?: 0 | 1;
}

/** An MP4 file whose header stands at its end, as cameras write it. There is nothing to play in it. */
export function mp4(options: Mp4Options): Buffer {
  const movie = box(
    'moov',
    box('mvhd', movieHeader(options)),
    box('trak', box('tkhd', Buffer.alloc(96))),
    box('trak', box('tkhd', trackHeader(options))),
  );
  return Buffer.concat([box('ftyp', Buffer.from('isom')), box('mdat', Buffer.alloc(500)), movie]);
}

function movieHeader({ seconds, version = 0 }: Mp4Options): Buffer {
  const header = Buffer.alloc(112);
  header.writeUInt8(version, 0);
  header.writeUInt32BE(1000, version === 1 ? 20 : 12);
  if (version === 1) header.writeBigUInt64BE(BigInt(seconds * 1000), 24);
  else header.writeUInt32BE(seconds * 1000, 16);
  return header;
}

function trackHeader({ size = [0, 0], isOnSide = false, version = 0 }: Mp4Options): Buffer {
  const header = Buffer.alloc(96);
  header.writeUInt8(version, 0);
  const matrix = version === 1 ? 52 : 40;
  const cells = isOnSide ? [0, 65_536, 0, -65_536, 0] : [65_536, 0, 0, 0, 65_536];
  for (const [index, cell] of cells.entries()) header.writeInt32BE(cell, matrix + 4 * index);
  header.writeUInt32BE(size[0] * 65_536, matrix + 36);
  header.writeUInt32BE(size[1] * 65_536, matrix + 40);
  return header;
}

/** Silence of 8,000 samples a second in 16 bits; `claimed` is the size that stands in the header. */
export function wav(seconds: number, claimed = seconds * 16_000): Buffer {
  const header = Buffer.alloc(44);
  header.write('RIFF', 0, 'latin1');
  header.write('WAVEfmt ', 8, 'latin1');
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(8000, 24);
  header.writeUInt32LE(16_000, 28);
  header.write('data', 36, 'latin1');
  header.writeUInt32LE(claimed, 40);
  return Buffer.concat([header, Buffer.alloc(seconds * 16_000)]);
}

/** Silence at 12.2 kbit/s. */
export function amr(seconds: number): Buffer {
  const frame = Buffer.alloc(32);
  frame.writeUInt8(0x3c, 0);
  return Buffer.concat([
    Buffer.from('#!AMR\n'),
    ...Array.from({ length: seconds * 50 }, () => frame),
  ]);
}

/** Sound of 64 kbit/s behind a tag; with `notedFrames` as encoders of changing rates write it. */
export function mp3(seconds: number, notedFrames?: number): Buffer {
  const tag = Buffer.from('ID3\x04\x00\x00\x00\x00\x01\x00', 'latin1');
  const sound = Buffer.alloc(seconds * 8000);
  sound.writeUInt32BE(0xff_fb_50_c4, 0);
  if (notedFrames !== undefined) {
    sound.write('Xing', 21, 'latin1');
    sound.writeUInt32BE(1, 25);
    sound.writeUInt32BE(notedFrames, 29);
  }
  return Buffer.concat([tag, Buffer.alloc(128), sound]);
}
