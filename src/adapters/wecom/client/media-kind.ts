import { CallbackError } from '../../../core/errors.js';

/** What a file is shown as. */
export type MediaKind = 'image' | 'voice' | 'video' | 'file';

const megabyte = 1024 * 1024;

/** The most that WeCom takes of each kind, in bytes (D90253). */
export const maxMediaBytes: Readonly<Record<MediaKind, number>> = {
  image: 10 * megabyte,
  voice: 2 * megabyte,
  video: 10 * megabyte,
  file: 20 * megabyte,
};

/** WeCom refuses files of 5 bytes and less. */
const minMediaBytes = 6;
const maxVoiceMs = 60_000;

/**
 * What a file can be shown as, by its first bytes: jpg and png as image, AMR up to 60 s as voice,
 * mp4 as video. Everything else, and what is too large or too long for that, is a file.
 */
export function mediaKindOf(bytes: Buffer): MediaKind {
  const kind = contentKind(bytes);
  return bytes.length > maxMediaBytes[kind] ? 'file' : kind;
}

function contentKind(bytes: Buffer): MediaKind {
  const head = bytes.subarray(0, 12).toString('latin1');
  if (head.startsWith('\xff\xd8\xff') || head.startsWith('\x89PNG\r\n\x1a\n')) return 'image';
  if (head.startsWith(amrHead)) return amrMs(bytes) > maxVoiceMs ? 'file' : 'voice';
  // `qt  ` is QuickTime, which WeCom does not play.
  return head.slice(4, 8) === 'ftyp' && head.slice(8, 12) !== 'qt  ' ? 'video' : 'file';
}

const amrHead = '#!AMR\n';
/** Bytes of a frame of 20 ms with its head, by frame type (RFC 4867). */
const amrFrameBytes = [13, 14, 16, 18, 20, 21, 27, 32, 6, 1, 1, 1, 1, 1, 1, 1];

function amrMs(bytes: Buffer): number {
  let frames = 0;
  for (let at = amrHead.length; at < bytes.length; frames += 1) {
    const type = ((bytes[at] ?? 0) >> 3) & 0x0f;
    at += amrFrameBytes[type] ?? 1;
  }
  return frames * 20;
}

/** @throws CallbackError `wecom-file-too-large`, `wecom-file-too-small` */
export function checkMediaSize(kind: MediaKind, size: number): void {
  const max = maxMediaBytes[kind];
  if (size > max) {
    throw new CallbackError('wecom-file-too-large', {
      text: {
        en: `A file of ${size} bytes cannot be sent to WeCom as ${kind}: it takes at most ${max}.`,
        zh: `无法以 ${kind} 类型将 ${size} 字节的文件发送到企业微信：至多 ${max} 字节。`,
      },
    });
  }
  if (size >= minMediaBytes) return;
  throw new CallbackError('wecom-file-too-small', {
    text: {
      en: `A file of ${size} bytes cannot be sent to WeCom: it needs at least ${minMediaBytes}.`,
      zh: `无法将 ${size} 字节的文件发送到企业微信：至少 ${minMediaBytes} 字节。`,
    },
  });
}
