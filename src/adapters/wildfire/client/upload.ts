import { randomBytes } from 'node:crypto';
import type { HttpCall, Transport } from '../../shared/client/transport.js';
import { type FileKind, mediaTypes, type RemoteFile } from '../encode.js';
import { unavailable, unreachable, unreadable } from './api-error.js';
import type { UploadTarget } from './results.js';
import type { RobotApi } from './robot-api.js';

/** A file to upload. */
export interface UploadedFile {
  readonly name: string;
  readonly bytes: Buffer;
  /** Default: `application/octet-stream`. */
  readonly contentType?: string;
}

/** A file over a slow line, in ms. */
const transferMs = 60_000;
/** What errors call the upload: its address holds a signature. */
const api = 'upload';
const qiniu = 1;

/**
 * Puts a file where the server says, and tells where clients find it.
 *
 * @throws WildfireApiError; 251 on servers whose storage cannot be used by robots
 */
export async function uploadFile(
  robot: Pick<RobotApi, 'uploadTarget'>,
  transport: Transport,
  kind: FileKind,
  file: UploadedFile,
): Promise<RemoteFile> {
  const { name, bytes, contentType = 'application/octet-stream' } = file;
  const target = await robot.uploadTarget({
    fileName: name,
    contentType,
    mediaType: mediaTypes[kind],
  });
  await put(transport, target, { name, bytes, contentType });
  return { url: target.downloadUrl, name, bytes: bytes.length };
}

async function put(
  transport: Transport,
  target: UploadTarget,
  file: Required<UploadedFile>,
): Promise<void> {
  const calls = [target.uploadUrl, target.backupUploadUrl]
    .filter((url) => url !== '')
    .map((url) => (target.type === qiniu ? postCall(url, file) : putCall(url, file)));
  let failure: Error = unreadable(api, { en: 'no address', zh: '缺少上传地址' });
  // The second address leads to the same place.
  for (const call of calls) {
    const answer = await transport.request(call);
    if (answer.kind === 'response' && answer.status >= 200 && answer.status < 300) return;
    failure =
      answer.kind === 'failure' ? unreachable(api, answer) : unavailable(api, answer.status);
  }
  throw failure;
}

function putCall(url: string, { bytes, contentType }: Required<UploadedFile>): HttpCall {
  const headers = { 'content-type': contentType };
  return { method: 'PUT', url, headers, body: bytes, timeoutMs: transferMs };
}

/** Qiniu's form. The address is written `host?token?key`. */
function postCall(address: string, file: Required<UploadedFile>): HttpCall {
  const [url = '', token = '', ...rest] = address.split('?');
  const boundary = `----wechaty-callback-${randomBytes(16).toString('hex')}`;
  return {
    method: 'POST',
    url: /^https?:\/\//u.test(url) ? url : `http://${url}`,
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    body: formOf(boundary, { token, key: rest.join('?') }, file),
    timeoutMs: transferMs,
  };
}

function formOf(
  boundary: string,
  fields: Readonly<Record<string, string>>,
  { name, bytes, contentType }: Required<UploadedFile>,
): Buffer {
  const texts = Object.entries(fields).map(
    ([field, value]) =>
      `--${boundary}\r\nContent-Disposition: form-data; name="${field}"\r\n\r\n${value}\r\n`,
  );
  const head = [
    ...texts,
    `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${quoted(name)}"\r\n`,
    `Content-Type: ${contentType}\r\n\r\n`,
  ].join('');
  return Buffer.concat([Buffer.from(head), bytes, Buffer.from(`\r\n--${boundary}--\r\n`)]);
}

/** As browsers write it. */
function quoted(name: string): string {
  return name.replaceAll('"', '%22').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}
