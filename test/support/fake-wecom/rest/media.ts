import { type FakeMedia, randomId, type World } from '../world.js';
import { refuse } from './refusal.js';
import type { RestRequest } from './request.js';

const megabyte = 1024 * 1024;
const most: Readonly<Record<string, number>> = {
  image: 10 * megabyte,
  voice: 2 * megabyte,
  video: 10 * megabyte,
  file: 20 * megabyte,
};
const day = 24 * 3600 * 1000;

/** `media/upload` */
export function upload(request: RestRequest) {
  const { world, query } = request;
  const kind = query['type'] ?? '';
  const limit = most[kind];
  if (limit === undefined) refuse(40_004, 'invalid media type');
  if (request.contentLength < 0) refuse(41_005, 'no content length');
  const { name, bytes } = readForm(request);
  if (bytes.length <= 5) refuse(40_006, 'invalid file size');
  if (bytes.length > limit) refuse(45_001, 'media size out of limit');
  if (!fits(kind, bytes)) refuse(40_005, 'invalid file type');
  const media = keepMedia(world, { kind, name, bytes });
  return {
    type: kind,
    media_id: media.id,
    created_at: String(Math.floor(world.clock.now() / 1000)),
  };
}

function fits(kind: string, bytes: Buffer): boolean {
  const start = bytes.toString('latin1', 0, 12);
  if (kind === 'image') return start.startsWith('\xff\xd8\xff') || start.startsWith('\x89PNG');
  if (kind === 'voice') return start.startsWith('#!AMR\n');
  return kind !== 'video' || start.slice(4, 8) === 'ftyp';
}

/** One part named `media`, with a filename and a length that is true. */
function readForm({ contentType, body }: RestRequest) {
  const boundary = /^multipart\/form-data; boundary=([^\s;]+)$/u.exec(contentType)?.[1];
  const open = `--${boundary}\r\n`;
  const close = `\r\n--${boundary}--\r\n`;
  const all = body.toString('latin1');
  const headEnd = all.indexOf('\r\n\r\n');
  if (!all.startsWith(open) || !all.endsWith(close) || headEnd === -1) refuse(41_005, 'framing');
  const head = Buffer.from(all.slice(open.length, headEnd), 'latin1').toString('utf8');
  const bytes = Buffer.from(body.subarray(headEnd + 4, body.length - close.length));
  const { name, length } = readPartHead(head);
  if (length !== bytes.length) refuse(41_005, 'media data missing');
  return { name, bytes };
}

const fieldPattern =
  /^content-disposition: form-data; name="media"; filename="([^"\r\n]+)"(?:; filelength=(\d+))?$/imu;

function readPartHead(head: string) {
  const field = fieldPattern.exec(head);
  if (!field) refuse(41_005, 'media data missing');
  const [, name = '', fileLength] = field;
  return { name, length: Number(fileLength ?? /^content-length: (\d+)$/imu.exec(head)?.[1]) };
}

/** Keeps a file, e.g. one that a member sent. */
export function keepMedia(
  world: World,
  file: Pick<FakeMedia, 'kind' | 'name' | 'bytes'> & Partial<FakeMedia>,
): FakeMedia {
  const media = {
    id: randomId('media_'),
    contentType: 'application/octet-stream',
    at: world.clock.now(),
    ...file,
  };
  world.media.set(media.id, media);
  return media;
}

/** `media/get`: a file; errors are JSON with status 200, like everywhere. */
export function getMedia({ world, query }: RestRequest): FakeMedia {
  const media = world.media.get(query['media_id'] ?? '');
  if (!media || media.at + 3 * day <= world.clock.now()) refuse(40_007, 'invalid media_id');
  return media;
}
