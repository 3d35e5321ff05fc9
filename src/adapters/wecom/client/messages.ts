import { z } from 'zod';
import { checkMessage, type OutgoingMessage, type Safety } from '../outgoing/message.js';
import { readTemplateCard, type TemplateCard } from '../outgoing/template-card.js';
import type { Api } from './api.js';
import { refused } from './api-error.js';
import type { PacedOptions, Pacer } from './pacing.js';
import {
  isNobodyReached,
  lanesOf,
  type Recipients,
  recipientFields,
  type Unreached,
  unreachedOf,
} from './recipients.js';

/** How a message is sent. */
export interface SendOptions extends PacedOptions {
  /** Default: 0, anyone may pass it on. */
  readonly safe?: Safety;
  /**
   * Names instead of ids in `$userName=ID$` and the like. Also in what people wrote: leave it off
   * for text that repeats them. Default: false.
   */
  readonly translateIds?: boolean;
  /**
   * The same message is not shown twice within so many seconds (at most 4 hours). Equal messages
   * that are meant are swallowed too. A function is asked when it is the message's turn, which may be
   * a while later. Default: off.
   */
  readonly duplicateCheckSeconds?: number | (() => number) | undefined;
}

/** What sending came to. */
export interface Sent {
  /** What `recall` takes. */
  readonly msgId?: string;
  /** What `updateCard` takes, once, within 72 hours; only of cards with buttons. */
  readonly responseCode?: string;
  /** A partial failure: some were not reached. */
  readonly unreached?: Unreached;
  /** How long the message was held back to keep the pace, in ms. */
  readonly waitedMs: number;
}

/** A change to a card that was sent: a button that is used up, or a new card. */
export type CardUpdate = ({ readonly replaceName: string } | { readonly card: TemplateCard }) & {
  /** From the click or the sending. Good for one use. */
  readonly responseCode: string;
  /** Whose card is changed; `@all`: everybody's. */
  readonly to: Recipients;
};

/** Messages of one app. */
export interface Messages {
  /**
   * Sends a message, in order for each member and no faster than WeCom shows them: 30 a minute and
   * 1,000 an hour (D90312). Members who are reached only by department, tag or `@all` are unknown
   * here, so those messages are counted apart.
   *
   * @throws WeComApiError, also when nobody was reached; CallbackError `wecom-message-invalid`,
   *   `wecom-recipients-invalid`, `wecom-too-many-waiting`; the signal's reason
   */
  send(to: Recipients, message: OutgoingMessage, options?: SendOptions): Promise<Sent>;
  /** Takes a message of this app back, within 24 hours; not in the WeChat plugin (D94867). */
  recall(msgId: string, signal?: AbortSignal): Promise<void>;
  /** Changes a card that was sent (D94888). Answers whom it did not reach. */
  updateCard(update: CardUpdate, signal?: AbortSignal): Promise<Unreached | undefined>;
  /** Greets a customer who was just added; the code is good for 20 s and one use (D92137). */
  welcome(code: string, text: string, signal?: AbortSignal): Promise<void>;
}

const ids = z.string().default('');
const sentSchema = z.object({
  invaliduser: ids,
  unlicenseduser: ids,
  invalidparty: ids,
  invalidtag: ids,
  msgid: ids,
  response_code: ids,
});

const idList = z
  .array(z.union([z.string(), z.number()]))
  .default([])
  .transform((list) => list.join('|'));
const updatedSchema = z.object({
  invaliduser: idList,
  unlicenseduser: idList,
  invalidparty: idList,
  invalidtag: idList,
});

/** What an answer needs nothing of. */
export const anything = z.object({});

/** The messages of the app `agentId`. */
export function createMessages(api: Api, pacer: Pacer, agentId: number): Messages {
  const deliver = async (to: Recipients, json: object, signal: AbortSignal | undefined) => {
    const answer = await api.json({ api: 'message/send', json, isOnce: true, signal }, sentSchema);
    const unreached = unreachedOf(to, answer);
    if (unreached && isNobodyReached(to, unreached)) {
      throw refused('message/send', unreached.invalidUsers.length > 0 ? 81_013 : 701_008);
    }
    return {
      ...(answer.msgid !== '' && { msgId: answer.msgid }),
      ...(answer.response_code !== '' && { responseCode: answer.response_code }),
      ...(unreached && { unreached }),
    };
  };

  return {
    send: async (to, message, options = {}) => {
      const json = { ...recipientFields(to), ...checkMessage(message), agentid: agentId };
      const { signal } = options;
      const send = () => deliver(to, { ...json, ...sendFields(options) }, signal);
      const paced = await pacer.run(lanesOf(to), send, options);
      return { ...paced.value, waitedMs: paced.waitedMs };
    },
    recall: async (msgId, signal) => {
      await api.json({ api: 'message/recall', json: { msgid: msgId }, signal }, anything);
    },
    updateCard: async (update, signal) => {
      const json = { ...updateFields(update), agentid: agentId };
      const answer = await api.json(
        { api: 'message/update_template_card', json, isOnce: true, signal },
        updatedSchema,
      );
      return unreachedOf(update.to, answer);
    },
    welcome: async (code, text, signal) => {
      const json = { welcome_code: code, text: { content: text } };
      const call = { api: 'externalcontact/send_welcome_msg', json, isOnce: true, signal };
      await api.json(call, anything);
    },
  };
}

function sendFields({ safe, translateIds, duplicateCheckSeconds }: SendOptions) {
  return {
    ...(safe !== undefined && safe !== 0 && { safe }),
    ...(translateIds === true && { enable_id_trans: 1 }),
    ...(duplicateCheckSeconds !== undefined && {
      enable_duplicate_check: 1,
      duplicate_check_interval:
        typeof duplicateCheckSeconds === 'function'
          ? duplicateCheckSeconds()
          : duplicateCheckSeconds,
    }),
  };
}

/** Lists here, where `message/send` takes ids joined with `|`; departments and tags are numbers. */
function updateFields(update: CardUpdate) {
  const { to, responseCode } = update;
  const who =
    to === '@all'
      ? { atall: 1 }
      : {
          ...(to.users && { userids: to.users }),
          ...(to.parties && { partyids: to.parties.map(Number) }),
          ...(to.tags && { tagids: to.tags.map(Number) }),
        };
  const change =
    'card' in update
      ? { template_card: readTemplateCard(update.card) }
      : { button: { replace_name: update.replaceName } };
  return { ...who, response_code: responseCode, ...change };
}
