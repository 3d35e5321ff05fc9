import { z } from 'zod';
import { dispositionFileName } from '../../../core/file-name.js';
import type { FetchedFile } from '../../../core/files.js';
import type { Api } from './api.js';
import { checkMediaSize, type MediaKind, maxMediaBytes, mediaKindOf } from './media-kind.js';
import { multipart, type UploadedFile } from './multipart.js';

/** A file that WeCom keeps. */
export interface UploadedMedia {
  readonly mediaId: string;
  readonly kind: MediaKind;
  /** Three days after the upload, in ms since 1970. */
  readonly expiresAt: number;
}

/** How a file is uploaded. */
export interface UploadOptions {
  /** Default: by content, see `mediaKindOf`. */
  readonly kind?: MediaKind;
  readonly signal?: AbortSignal;
}

/** How a file is fetched. */
export interface DownloadOptions {
  /** Default: 20 MB, the most that WeCom takes. */
  readonly maxBytes?: number;
  readonly signal?: AbortSignal;
}

/** Files of one app, which WeCom keeps for three days. */
export interface Media {
  /**
   * Uploads a file (D90253).
   *
   * @throws WeComApiError; CallbackError `wecom-file-too-large`, `wecom-file-too-small`, before
   *   anything is sent
   */
  upload(file: UploadedFile, options?: UploadOptions): Promise<UploadedMedia>;
  /** Fetches a file, e.g. what a member sent (D90254). Throws WeComApiError. */
  download(mediaId: string, options?: DownloadOptions): Promise<FetchedFile>;
}

const threeDaysMs = 3 * 24 * 3600 * 1000;
/** A file of 20 MB over a slow line, in ms. */
const transferMs = 60_000;

const uploadedSchema = z.object({
  media_id: z.string().min(1),
  /** Seconds since 1970, as a string. */
  created_at: z.coerce.number(),
});

/** The media calls of one app. */
export function createMedia(api: Api): Media {
  return {
    upload: async ({ name, bytes }, { kind = mediaKindOf(bytes), signal } = {}) => {
      checkMediaSize(kind, bytes.length);
      const answer = await api.json(
        {
          api: 'media/upload',
          query: { type: kind },
          form: multipart({ name, bytes }),
          timeoutMs: transferMs,
          signal,
        },
        uploadedSchema,
      );
      const expiresAt = answer.created_at * 1000 + threeDaysMs;
      return { mediaId: answer.media_id, kind, expiresAt };
    },
    download: async (mediaId, { maxBytes = maxMediaBytes.file, signal } = {}) => {
      const response = await api.file({
        api: 'media/get',
        query: { media_id: mediaId },
        timeoutMs: transferMs,
        maxBytes,
        signal,
      });
      return {
        name: dispositionFileName(response.disposition ?? '') || 'file',
        bytes: response.body,
        ...(response.contentType !== '' && { mediaType: response.contentType }),
      };
    },
  };
}
