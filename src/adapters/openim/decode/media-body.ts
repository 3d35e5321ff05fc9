import { types } from 'wechaty-puppet';
import { fileElement, pictureElement, videoElement, voiceElement } from '../schema/elements.js';
import type { JsonRecord } from '../schema/index.js';
import type { Media, MessageBody } from './decoded.js';

/** A picture: the whole one, else the smaller ones. */
export function pictureBody(element: JsonRecord, _content: string, id: string): MessageBody {
  const { sourcePicture, bigPicture, snapshotPicture } = pictureElement.parse(element);
  const found = [sourcePicture, bigPicture, snapshotPicture].find((one) => one?.url);
  const media = mediaOf({
    url: found?.url,
    size: found?.size,
    mediaType: found?.type,
    thumbnailUrl: snapshotPicture?.url,
  });
  const extension = imageExtensions.get(found?.type ?? '') ?? extensionOf(media.url) ?? 'jpg';
  return { type: types.Message.Image, filename: `${safeId(id)}.${extension}`, media };
}

/** A voice message. */
export function voiceBody(element: JsonRecord, _content: string, id: string): MessageBody {
  const voice = voiceElement.parse(element);
  const media = mediaOf({
    url: voice.sourceUrl,
    size: voice.dataSize,
    mediaType: voice.soundType,
    seconds: voice.duration,
  });
  const extension = extensionOf(media.url) ?? extensionOf(voice.soundPath) ?? 'm4a';
  return { type: types.Message.Audio, filename: `${safeId(id)}.${extension}`, media };
}

/** A video. */
export function videoBody(element: JsonRecord, _content: string, id: string): MessageBody {
  const video = videoElement.parse(element);
  const media = mediaOf({
    url: video.videoUrl,
    size: video.videoSize,
    mediaType: video.videoType,
    seconds: video.duration,
    thumbnailUrl: video.snapshotUrl,
  });
  const extension = extensionOf(media.url) ?? extensionOf(video.videoPath) ?? 'mp4';
  return { type: types.Message.Video, filename: `${safeId(id)}.${extension}`, media };
}

/** A file. */
export function fileBody(element: JsonRecord, _content: string, id: string): MessageBody {
  const { sourceUrl, fileName, fileSize, fileType } = fileElement.parse(element);
  const media = mediaOf({ url: sourceUrl, size: fileSize, mediaType: fileType });
  const filename = lastPart(fileName) || safeId(id);
  return { type: types.Message.Attachment, filename, media };
}

interface FoundMedia {
  readonly url: string | undefined;
  readonly size?: number | undefined;
  readonly mediaType?: string | undefined;
  readonly seconds?: number | undefined;
  readonly thumbnailUrl?: string | undefined;
}

function mediaOf({ url = '', size, mediaType, seconds, thumbnailUrl }: FoundMedia): Media {
  return {
    url,
    ...(size !== undefined && size > 0 && { size }),
    ...(mediaType?.includes('/') === true && { mediaType }),
    ...(seconds !== undefined && seconds > 0 && { seconds }),
    ...(thumbnailUrl !== undefined && thumbnailUrl !== '' && { thumbnailUrl }),
  };
}

const imageExtensions: ReadonlyMap<string, string> = new Map([
  ['image/jpeg', 'jpg'],
  ['image/png', 'png'],
  ['image/gif', 'gif'],
  ['image/webp', 'webp'],
  ['image/bmp', 'bmp'],
]);

/** The extension at the end of a path or URL. */
function extensionOf(address: string): string | undefined {
  const path = address.split(/[?#]/u, 1)[0] ?? '';
  return /\.([A-Za-z\d]{1,8})$/u.exec(path)?.[1]?.toLowerCase();
}

/** The last part of a path: a name that somebody else chose must not climb. */
function lastPart(name: string): string {
  const last = name.trim().split(/[/\\]/u).at(-1) ?? '';
  return last === '.' || last === '..' ? '' : last;
}

/** Ids are made by clients and may hold anything. */
function safeId(id: string): string {
  return id.replaceAll(/[^\w-]/gu, '_').slice(0, 64) || 'file';
}
