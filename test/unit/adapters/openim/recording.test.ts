import * as fc from 'fast-check';
import { imageSize } from 'image-size';
import { describe, expect, it } from 'vitest';
import { blankPicture } from '../../../../src/adapters/openim/encode/blank-picture.js';
import { readRecording } from '../../../../src/adapters/openim/encode/recording.js';
import { amr, mp3, mp4, wav } from '../../../support/recordings.js';

describe('a recording', () => {
  it.each([
    ['MP4', mp4({ seconds: 9, size: [1920, 1080] }), { seconds: 9, size: [1920, 1080] }],
    [
      'MP4 with times of 64 bits',
      mp4({ seconds: 9, size: [640, 480], version: 1 }),
      { seconds: 9, size: [640, 480] },
    ],
    [
      'MP4 of a phone held upright',
      mp4({ seconds: 9, size: [1920, 1080], isOnSide: true }),
      { seconds: 9, size: [1080, 1920] },
    ],
    ['M4A', mp4({ seconds: 3 }), { seconds: 3 }],
    ['MP4 in fragments', mp4({ seconds: 0, size: [8, 6] }), { size: [8, 6] }],
    ['WAV', wav(2), { seconds: 2 }],
    ['WAV that claims the largest size', wav(2, 0xff_ff_ff_ff), { seconds: 2 }],
    ['AMR', amr(4), { seconds: 4 }],
    ['MP3', mp3(5), { seconds: 5 }],
    ['MP3 of a changing rate', mp3(1, 1000), { seconds: (1000 * 1152) / 44_100 }],
    ['a box of no size at all', Buffer.from('\0\0\0\x01free\0\0\0\0\0\0\0\0', 'latin1'), {}],
    ['something else', Buffer.from('no recording at all, but long enough'), {}],
    ['nothing', Buffer.alloc(0), {}],
  ])('%s tells what its header says', (_format, bytes, told) => {
    const { seconds, size } = readRecording(bytes);
    expect({ seconds, size: size && [size.width, size.height] }).toEqual({
      seconds: undefined,
      size: undefined,
      ...told,
    });
  });

  it('that is broken or cut off tells nothing wrong and throws nothing', () => {
    const whole = [mp4({ seconds: 9, size: [1920, 1080] }), wav(1), amr(1), mp3(1, 1000)];
    const broken = fc
      .tuple(
        fc.constantFrom(...whole),
        fc.nat(700),
        fc.array(fc.tuple(fc.nat(700), fc.nat(255)), { maxLength: 5 }),
      )
      .map(([bytes, cut, changes]) => {
        const copy = Buffer.from(bytes);
        for (const [at, value] of changes) copy[at] = value;
        return cut % 3 === 0 ? copy : copy.subarray(0, cut);
      });
    fc.assert(
      fc.property(
        fc.oneof(
          broken,
          fc.uint8Array().map((bytes) => Buffer.from(bytes)),
        ),
        (bytes) => {
          const { seconds = 1, size = { width: 1, height: 1 } } = readRecording(bytes);
          expect(Number.isFinite(seconds) && seconds >= 0).toBe(true);
          expect(Math.min(size.width, size.height)).toBeGreaterThan(0);
        },
      ),
      { numRuns: 2000 },
    );
  });
});

describe('a blank picture', () => {
  it('is a PNG of the size that was asked for, and small', () => {
    for (const [width, height] of [
      [1, 1],
      [9, 7],
      [640, 360],
      [360, 640],
    ] as const) {
      const png = blankPicture(width, height);
      expect(imageSize(png)).toMatchObject({ width, height, type: 'png' });
      expect(png.length).toBeLessThan(200);
    }
  });

  it('is what every other program makes of black pixels', () => {
    // One black pixel, one bit deep; as libpng writes it.
    expect(blankPicture(1, 1).toString('base64')).toBe(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABAQAAAAA3bvkkAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==',
    );
  });
});
