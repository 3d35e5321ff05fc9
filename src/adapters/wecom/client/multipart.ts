import { randomBytes } from 'node:crypto';

/** A file to upload. */
export interface UploadedFile {
  readonly name: string;
  readonly bytes: Buffer;
}

/**
 * A file as a form. WeCom wants the field `media` with `filename` and `filelength` (D90253), and
 * the name in raw UTF-8: the `filename*` that libraries write is not understood there.
 */
export function multipart({ name, bytes }: UploadedFile) {
  const boundary = `----wechaty-callback-${randomBytes(16).toString('hex')}`;
  const head = [
    `--${boundary}`,
    `Content-Disposition: form-data; name="media"; filename="${quoted(name)}"; filelength=${bytes.length}`,
    'Content-Type: application/octet-stream',
    '',
    '',
  ].join('\r\n');
  return {
    type: `multipart/form-data; boundary=${boundary}`,
    bytes: Buffer.concat([Buffer.from(head), bytes, Buffer.from(`\r\n--${boundary}--\r\n`)]),
  };
}

/** As browsers write it. */
function quoted(name: string): string {
  return name.replaceAll('"', '%22').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}
