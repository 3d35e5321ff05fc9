import type { WechatyInterface } from 'wechaty/impls';
import type { Attachment } from './attach-bot.js';

interface Shared {
  readonly attachment: Attachment;
  hearers: number;
  users: number;
}

/**
 * Attaches each bot once, however many plugins of one configuration it uses: its events must not be
 * heard twice, and the last one to leave takes the voice.
 */
export function shareAttachments(
  attach: (bot: WechatyInterface) => Attachment,
): (bot: WechatyInterface) => Attachment {
  const shared = new Map<WechatyInterface, Shared>();
  return (bot) => {
    const known = shared.get(bot);
    const mine = known ?? { attachment: attach(bot), hearers: 0, users: 0 };
    mine.hearers += 1;
    mine.users += 1;
    shared.set(bot, mine);
    return {
      botId: () => mine.attachment.botId(),
      detach: once(() => {
        mine.hearers -= 1;
        if (mine.hearers > 0) return;
        mine.attachment.detach();
        // Whoever comes back while the last answers are on their way listens anew.
        if (shared.get(bot) === mine) shared.delete(bot);
      }),
      leave: once(() => {
        mine.users -= 1;
        if (mine.users === 0) mine.attachment.leave();
      }),
    };
  };
}

function once(work: () => void): () => void {
  let isDone = false;
  return () => {
    if (!isDone) work();
    isDone = true;
  };
}
