import { LRUCache } from 'lru-cache';
import { currentAnswer } from '../../core/answer-scope.js';
import type { Clock } from '../../core/clock.js';
import { CallbackError } from '../../core/errors.js';
import type { UploadedMedia } from './client/media.js';
import type { UploadedFile } from './client/multipart.js';

/** The longest time in which WeCom knows a repetition, in seconds (D90236). */
const longestCheckSeconds = 4 * 3600;

/**
 * In what time WeCom is to look for the same message, in seconds: the age of the first try. Never
 * more, because equal messages that are meant are swallowed too. To be asked when it is sent.
 *
 * @returns undefined for what is said for the first time
 * @throws CallbackError `wecom-unsure` when it asks whether it was said longer ago than WeCom knows
 */
export function duplicateCheckOf(clock: Pick<Clock, 'now'>): (() => number) | undefined {
  const { unsureSince } = currentAnswer() ?? {};
  if (unsureSince === undefined) return undefined;
  return () => {
    const age = Math.max(1, Math.ceil((clock.now() - unsureSince) / 1000));
    if (age > longestCheckSeconds) throw unsure();
    return age;
  };
}

/**
 * Uploads a file to be said. WeCom knows a repetition by its content, which names the upload: so a
 * file that is said again is not uploaded again.
 *
 * @throws CallbackError `wecom-unsure` for a repetition whose upload this process does not know
 */
export type UploadOnce = (file: UploadedFile) => Promise<UploadedMedia>;

/** Uploads files with `upload`, and remembers those of the newest answers. */
export function createUploadOnce(upload: UploadOnce): UploadOnce {
  const known = new LRUCache<string, UploadedMedia>({ max: 1000 });
  return async (file) => {
    const { key, unsureSince } = currentAnswer() ?? {};
    if (unsureSince !== undefined) return known.get(key ?? '') ?? Promise.reject(unsure());
    const uploaded = await upload(file);
    if (key !== undefined) known.set(key, uploaded);
    return uploaded;
  };
}

function unsure(): CallbackError {
  return new CallbackError('wecom-unsure', {
    text: {
      en: 'WeCom cannot tell any more whether it has shown this message already.',
      zh: '企业微信已无法判断是否显示过此消息。',
    },
    saying: { kind: 'unknown' },
  });
}
