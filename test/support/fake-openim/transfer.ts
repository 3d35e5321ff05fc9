import type { FakeWorld, ShownMessage } from './world.js';

/** Larger batches of one conversation are refused: "message count exceeds limit". */
const maxBatch = 100;

/**
 * Stores messages of one conversation that came at once, as msgtransfer of an OpenIM server does: they
 * get their places, and of more than a hundred none is stored. Webhooks were called before that, and
 * senders were told that all is well.
 */
export function storeBatch(
  { shown, seqs }: FakeWorld,
  messages: readonly Omit<ShownMessage, 'seq'>[],
): void {
  for (const message of messages) {
    const { conversationID } = message;
    const seq = (seqs.get(conversationID) ?? 0) + 1;
    seqs.set(conversationID, seq);
    if (messages.length <= maxBatch) shown.push({ ...message, seq });
  }
}
