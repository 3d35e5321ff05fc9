import { tellUnshown } from '../answer/tell-unshown.js';
import type { Outcome } from '../hearing.js';
import type { BotReply } from '../schema/reply.js';
import type { BotConnection } from './connection.js';
import type { Command } from './frame.js';
import { type PushOptions, pushStream } from './push-stream.js';
import { sayingOfCode } from './saying-of-code.js';

/** A callback as it came over the connection. */
export interface CallbackFrame {
  readonly command: string;
  readonly reqId: string;
  /** Where it came from. */
  readonly conversationId: string;
}

/** What pushing takes; without a connection nothing is pushed. */
export interface PushReplyOptions extends Omit<PushOptions, 'connection'> {
  readonly connection: BotConnection | undefined;
}

/** Sends what a callback is answered. Never rejects. */
export async function pushReply(
  outcome: Outcome,
  { command, reqId, conversationId }: CallbackFrame,
  { connection, ...options }: PushReplyOptions,
): Promise<void> {
  if (connection === undefined) return;
  if ('answer' in outcome) {
    await pushStream(outcome.answer, reqId, { ...options, connection });
  } else if (outcome.reply !== 'empty') {
    const { reply } = outcome;
    const cmd = commandFor(reply, command);
    // An update changes a message that is there.
    const acknowledged =
      cmd === 'aibot_respond_update_msg'
        ? await connection.send(cmd, reply, reqId)
        : await connection.speak(conversationId, cmd, reply, reqId);
    if (acknowledged.kind === 'taken') return;
    const { code } = acknowledged;
    // The callback is good for a few seconds on this connection: there is no second try.
    tellUnshown(options, { code, saying: sayingOfCode(code).kind });
  }
}

function commandFor(reply: BotReply, command: string): Command {
  if ('response_type' in reply) return 'aibot_respond_update_msg';
  const isEvent = command === 'aibot_event_callback';
  return isEvent ? 'aibot_respond_welcome_msg' : 'aibot_respond_msg';
}
