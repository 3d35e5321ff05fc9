import type { Attachment } from './attach-bot.js';
import type { Bots } from './bots.js';

/** Which of the bots that were attached are there. */
export interface Attendance {
  /** Expects a bot from now on, until it is detached. */
  expect(attachment: Attachment): Attachment;
  /** How many bots are expected, and how many of those can speak. */
  count(): { readonly expected: number; readonly online: number };
}

/** Nobody is expected yet. */
export function createAttendance(bots: Bots): Attendance {
  const expected = new Set<Attachment>();
  return {
    expect: (attachment) => {
      expected.add(attachment);
      return {
        ...attachment,
        detach: () => {
          expected.delete(attachment);
          attachment.detach();
        },
      };
    },
    count: () => {
      const online = [...expected].filter((one) => bots.speaker(one.botId()) !== undefined);
      return { expected: expected.size, online: online.length };
    },
  };
}
