import type { Clock } from '../core/clock.js';
import type { BotEvent, Conversation } from '../core/event.js';
import type { MessagePayload } from '../core/message-payload.js';
import { MessageType } from '../core/message-type.js';
import { bytesOf } from '../core/remembered.js';
import type { Speaker } from '../core/speaker.js';

/** How long a platform may take to report what was said, in ms. */
const echoMs = 60_000;
/** What is remembered at most, in one conversation and in all; the oldest is forgotten. */
const maxWords = 50;
const maxConversations = 10_000;
/** Of the texts of all conversations. */
const maxBytes = 4_000_000;

interface Words {
  /** Absent for what is no text. */
  readonly text?: string;
  readonly until: number;
}

/**
 * What a bot has just said. Many platforms report it back as a message of the bot's own account;
 * without this a rule for such messages (`trigger.from: self`) would answer itself for ever.
 */
export interface Echoes {
  /** The same speaker; what it says is remembered. */
  listenTo(speaker: Speaker): Speaker;
  /** True for a message that is only the report of something said; each is reported once. */
  isEcho(event: BotEvent): boolean;
}

/** Nothing said yet. */
export function createEchoes(clock: Clock): Echoes {
  const heard = new Map<string, readonly Words[]>();
  let taken = 0;
  const put = (conversationId: string, all: readonly Words[]) => {
    taken += bytesOf(all) - bytesOf(heard.get(conversationId) ?? []);
    heard.delete(conversationId);
    if (all.length > 0) heard.set(conversationId, all);
  };
  const fresh = (conversationId: string) =>
    (heard.get(conversationId) ?? []).filter((words) => words.until > clock.now());
  const forgetOld = () => {
    // The conversation in which something was said last is the last.
    for (const [id, all] of heard) {
      const isOver = (all.at(-1)?.until ?? 0) <= clock.now();
      const isTooMuch = heard.size > maxConversations || taken > maxBytes;
      if (heard.size === 1 || !(isOver || isTooMuch)) break;
      put(id, []);
    }
  };
  const remember = (conversation: Conversation | undefined, text: string | undefined) => {
    if (conversation === undefined) return;
    const words = { until: clock.now() + echoMs, ...(text === undefined ? {} : { text }) };
    put(conversation.id, [...fresh(conversation.id).slice(1 - maxWords), words]);
    forgetOld();
  };
  return {
    listenTo: (speaker) => ({
      ...speaker,
      say: async (task, part, files) => {
        // Before it is said: the report may be quicker than the platform's answer.
        remember(task.conversation, part.type === 'text' ? part.text : undefined);
        await speaker.say(task, part, files);
      },
      notify: async (conversation, text) => {
        remember(conversation, text);
        await speaker.notify(conversation, text);
      },
    }),
    isEcho: ({ isSelf, conversation, message }) => {
      if (!isSelf || conversation === undefined || message === undefined) return false;
      const all = fresh(conversation.id);
      const mine = all.find((words) => isReport(message.payload, words));
      if (mine === undefined) return false;
      const rest = all.filter((words) => words !== mine);
      taken += bytesOf(rest) - bytesOf(heard.get(conversation.id));
      heard.set(conversation.id, rest);
      return true;
    },
  };
}

function isReport({ type, text = '' }: MessagePayload, words: Words): boolean {
  if (words.text === undefined) return type !== MessageType.Text;
  // A mention puts `@name ` before it, a long text is said in pieces, and ends may be trimmed.
  const said = words.text.trim();
  const reported = text.trim();
  return reported !== '' && (reported.endsWith(said) || said.includes(reported));
}
