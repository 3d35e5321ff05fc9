import { z } from 'zod';
import { FakeError } from './fake-error.js';

const text = z.string().min(1);
/** Zero counts as missing. */
const number = z.number().refine((value) => value !== 0);
const whole = z.int().refine((value) => value !== 0);
const picture = z.object({ type: text, width: whole, height: whole, url: text });

/** What `/msg/send_msg` wants in the content of each type. */
const rules: Readonly<Record<number, z.ZodType>> = {
  101: z.object({ content: text }),
  102: z.object({ sourcePicture: picture, bigPicture: picture, snapshotPicture: picture }),
  103: z.object({ sourceUrl: text, duration: z.int().min(1) }),
  104: z.object({
    videoUrl: text,
    videoType: text,
    videoSize: number,
    duration: whole,
    snapshotUrl: text,
    snapshotWidth: whole,
    snapshotHeight: whole,
  }),
  105: z.object({ sourceUrl: text, fileName: text, fileSize: number }),
  106: z.object({ text: text.optional(), atUserList: z.array(text).min(1).max(1000) }),
  110: z.object({ data: text }),
};
const mainRules: Readonly<Record<number, z.ZodType>> = {
  ...rules,
  114: z.object({ text: z.string().optional() }),
  118: z.object({ content: text }),
};

/** @throws FakeError 1001 for a type that is not taken, 500 for a content that lacks something */
export function checkContent(contentType: number, content: unknown, isMain: boolean): void {
  const rule = (isMain ? mainRules : rules)[contentType];
  if (rule === undefined) throw new FakeError(1001, 'not support err contentType');
  const checked = rule.safeParse(content);
  if (!checked.success) throw new FakeError(500, JSON.stringify(checked.error.issues));
}
