import { randomUUID } from 'node:crypto';
import { extname } from 'node:path';
import { z } from 'zod';
import { CallbackError } from '../../../core/errors.js';
import type { Transport } from '../../shared/client/transport.js';
import type { UploadedMedia } from '../encode/outgoing-content.js';
import { list, text } from '../schema/fields.js';
import { isRecord } from '../schema/index.js';
import type { Api } from './api.js';
import { unavailable, unreachable } from './api-error.js';

/** A file to upload. */
export interface LocalFile {
  readonly name: string;
  readonly bytes: Buffer;
  /** Default: `application/octet-stream`. */
  readonly mediaType?: string;
}

/** A file that was fetched. */
export interface DownloadedFile {
  readonly bytes: Buffer;
  /** Absent when the storage does not tell. */
  readonly mediaType?: string;
}

/** How a file is fetched. */
export interface DownloadOptions {
  /** Default: 25 MB. */
  readonly maxBytes?: number;
  readonly signal?: AbortSignal | undefined;
}

/** Files of one server. */
export interface Media {
  /** Uploads a file; messages name it by its address. Throws OpenIMApiError. */
  upload(file: LocalFile, signal?: AbortSignal): Promise<UploadedMedia>;
  /**
   * Fetches what somebody sent. The address comes from that somebody, so it is only followed to the
   * storage of the server itself.
   *
   * @throws OpenIMApiError; CallbackError `openim-file-elsewhere`
   */
  download(url: string, options?: DownloadOptions): Promise<DownloadedFile>;
}

/** What files need. */
export interface MediaOptions {
  readonly api: Api;
  readonly transport: Transport;
  readonly apiUrl: string;
  readonly publicApiUrl?: string | undefined;
  readonly botId: string;
}

/** A file of 25 MB over a slow line, in ms. */
const transferMs = 60_000;
const maxDownloadBytes = 25 * 1024 * 1024;
const initiateApi = '/object/initiate_form_data';

const formSchema = z.object({
  id: z.string().min(1),
  url: z.url(),
  file: z.string().min(1).catch('file'),
  header: list({ key: text, values: z.unknown() }),
  formData: z.unknown(),
  successCodes: z.array(z.number()).nullish(),
});
const completeSchema = z.object({ url: z.string().min(1) });

type UploadForm = z.infer<typeof formSchema>;

/** The files of one server, as one bot uses them. */
export function createMedia(options: MediaOptions): Media {
  const { api, botId } = options;
  return {
    upload: async ({ name, bytes, mediaType = 'application/octet-stream' }, signal) => {
      const body = {
        // Only what stays the same in a URL; the real name goes with the message.
        name: `${botId}/${randomUUID()}${safeExtension(name)}`,
        size: bytes.length,
        contentType: mediaType,
        group: '',
        millisecond: 0,
        absolute: false,
      };
      const form = await api.post({ api: initiateApi, body, signal }, formSchema);
      await send(options.transport, form, new Blob([new Uint8Array(bytes)], { type: mediaType }), {
        name: body.name,
        signal,
      });
      const call = { api: '/object/complete_form_data', body: { id: form.id }, signal };
      const { url } = await api.post(call, completeSchema);
      return { url, size: bytes.length, mediaType };
    },
    download: async (address, { maxBytes = maxDownloadBytes, signal } = {}) => {
      const answer = await options.transport.request({
        method: 'GET',
        url: ownAddress(address, options),
        // The storage is named by the server itself.
        followRedirect: true,
        timeoutMs: transferMs,
        maxBytes,
        signal,
      });
      if (answer.kind === 'failure') throw unreachable('/object', answer);
      if (answer.status !== 200) throw unavailable('/object', answer.status);
      const { body, contentType } = answer;
      return { bytes: body, ...(contentType !== '' && { mediaType: contentType }) };
    },
  };
}

async function send(
  transport: Transport,
  { url, file, header, formData, successCodes }: UploadForm,
  blob: Blob,
  { name, signal }: { readonly name: string; readonly signal: AbortSignal | undefined },
): Promise<void> {
  const form = new FormData();
  const fields = isRecord(formData) ? Object.entries(formData) : [];
  for (const [key, value] of fields) form.append(key, typeof value === 'string' ? value : '');
  // Storages read no field behind the file.
  form.append(file, blob, name);
  const headers = header.map(({ key, values }): [string, string] => {
    const first: unknown = Array.isArray(values) ? values[0] : undefined;
    return [key, typeof first === 'string' ? first : ''];
  });
  const answer = await transport.request({
    method: 'POST',
    url: new URL(url),
    headers: Object.fromEntries(headers),
    body: form,
    timeoutMs: transferMs,
    signal,
  });
  const codes = successCodes ?? [];
  if (answer.kind === 'failure') throw unreachable('the upload', answer);
  const isTaken = codes.includes(answer.status) || (codes.length === 0 && answer.status < 300);
  if (!isTaken) throw unavailable('the upload', answer.status);
}

/** The same file by the way that this machine takes: clients may use another name for the server. */
function ownAddress(address: string, { apiUrl, publicApiUrl }: MediaOptions): URL {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  const base = [apiUrl, publicApiUrl].find(
    (one) =>
      one !== undefined && url?.href.startsWith(`${new URL(one).href.replace(/\/$/u, '')}/object/`),
  );
  if (url !== undefined && base !== undefined) {
    return new URL(apiUrl + url.href.slice(new URL(base).href.replace(/\/$/u, '').length));
  }
  throw new CallbackError('openim-file-elsewhere', {
    text: {
      en: 'A file is not in the storage of this OpenIM server, and is not fetched. If clients reach the server by another name, set `publicApiUrl`.',
      zh: '文件不在该 OpenIM 服务的存储中，未获取。若客户端以其他地址访问该服务，请设置 `publicApiUrl`。',
    },
  });
}

function safeExtension(name: string): string {
  const extension = extname(name).toLowerCase();
  return /^\.[a-z\d]{1,10}$/u.test(extension) ? extension : '';
}
