import type { FileBoxInterface } from 'file-box';
import { imageSize } from 'image-size';
import { types } from 'wechaty-puppet';
import type { Media } from './client/media.js';
import { blankPicture } from './encode/blank-picture.js';
import type { OutgoingContent, UploadedMedia } from './encode/outgoing-content.js';
import { type Recording, readRecording } from './encode/recording.js';
import {
  encodeFile,
  encodePicture,
  encodeVideo,
  encodeVoice,
  type PixelSize,
  type VideoPreview,
} from './encode.js';

/** A file as it is said. */
export interface OutgoingFile {
  readonly type: types.Message;
  readonly content: OutgoingContent;
}

/** What the clients of OpenIM play. `.ts`, which means video too, is mostly source code. */
const voices = new Set([
  'audio/mpeg',
  'audio/mp4',
  'audio/x-m4a',
  'audio/aac',
  'audio/x-aac',
  'audio/amr',
  'audio/wav',
  'audio/x-wav',
  'audio/ogg',
]);
const videos = new Set(['video/mp4', 'video/quicktime', 'video/x-m4v', 'video/webm']);

/**
 * Uploads a file, and makes it the message that shows it best: picture, voice, video or file.
 *
 * Throws OpenIMApiError.
 */
export async function outgoingFile(media: Media, file: FileBoxInterface): Promise<OutgoingFile> {
  const bytes = await file.toBuffer();
  const { name, mediaType } = file;
  const uploaded = await media.upload({ name, bytes, ...(mediaType && { mediaType }) });
  const picture = uploaded.mediaType.startsWith('image/') ? sizeOf(bytes) : undefined;
  if (picture !== undefined) {
    return { type: types.Message.Image, content: encodePicture(uploaded, picture) };
  }
  if (voices.has(uploaded.mediaType)) {
    const seconds = toldSeconds(file) ?? readRecording(bytes).seconds ?? shortest;
    return { type: types.Message.Audio, content: encodeVoice(uploaded, seconds) };
  }
  if (videos.has(uploaded.mediaType)) {
    return { type: types.Message.Video, content: await video(media, uploaded, bytes) };
  }
  return { type: types.Message.Attachment, content: encodeFile(uploaded, name) };
}

/** Seconds that are shown of what does not tell how long it is: the server insists on some. */
const shortest = 1;

/** In pixels, of what does not tell. */
const usualSize: PixelSize = { width: 640, height: 360 };

/** The longer side of a preview, in pixels, as the clients make them. */
const previewSide = 640;

/**
 * The server takes no video without a picture, and nothing here can take one out of it: people see a
 * black one, in the proportions of the video, until they play it.
 */
async function video(media: Media, uploaded: UploadedMedia, bytes: Buffer) {
  const { seconds = shortest, size = usualSize }: Recording = readRecording(bytes);
  const scale = Math.min(1, previewSide / Math.max(size.width, size.height));
  const width = Math.max(1, Math.round(size.width * scale));
  const height = Math.max(1, Math.round(size.height * scale));
  const name = 'preview.png';
  const picture = blankPicture(width, height);
  const { url, ...shown } = await media.upload({ name, bytes: picture, mediaType: 'image/png' });
  const preview: VideoPreview = { url, size: shown.size, width, height, seconds };
  return encodeVideo(uploaded, preview);
}

/** Puppets for WeChat put the length of a voice there, in ms. */
function toldSeconds({ metadata }: FileBoxInterface): number | undefined {
  const ms = metadata['voiceLength'];
  return typeof ms === 'number' && ms > 0 && Number.isFinite(ms) ? ms / 1000 : undefined;
}

/** In pixels; `undefined` for what is no picture after all. */
function sizeOf(bytes: Buffer): PixelSize | undefined {
  try {
    const { width, height } = imageSize(bytes);
    return width > 0 && height > 0 ? { width, height } : undefined;
  } catch {
    return undefined;
  }
}
