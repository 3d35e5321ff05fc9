import { LRUCache } from 'lru-cache';
import { currentAnswer } from '../../core/answer-scope.js';
import { CallbackError } from '../../core/errors.js';
import type { CardPort } from '../../core/puppet-extras.js';
import type { CardReply } from '../../core/reply.js';
import { sayingFailureOf } from '../../core/saying-failure.js';
import type { WeComClient } from './client.js';
import { encodeCard, type Target } from './encode.js';
import { needClient } from './need-client.js';
import { readTemplateCard } from './outgoing/template-card.js';
import type { PassiveWindow } from './passive-window.js';
import type { Sending } from './sending.js';

/** A click can be answered for three days (D94888), in ms. */
const clickMs = 3 * 86_400_000;

/** A click on a card, as far as it is answered by changing the card. */
export interface Click {
  readonly userId: string;
  /** Absent: the card cannot be changed by a call of the API. */
  readonly responseCode?: string | undefined;
}

/** The cards of one app. */
export interface Cards extends CardPort {
  /** Remembers a click under the id of its event, in this process alone: the code is a secret. */
  clicked(eventId: string, click: Click): void;
}

/** What cards take. */
export interface CardsOptions {
  /** Absent: cards can only be changed, in the response of the click's callback. */
  readonly client: WeComClient | undefined;
  readonly window: PassiveWindow;
  readonly sending: Sending;
  readonly targetOf: (conversationId: string) => Target;
}

/** How an app says its cards, and changes those that were clicked. */
export function createCards({ client, window, sending, targetOf }: CardsOptions): Cards {
  const clicks = new LRUCache<string, Click>({ max: 5000, ttl: clickMs });

  /** @throws the error */
  const keepUnsent = (eventId: string, click: Click, error: unknown): never => {
    if (sayingFailureOf(error).kind === 'not-sent') clicks.set(eventId, click);
    throw error;
  };
  const change = async ({ card, update }: CardReply) => {
    const checked = readTemplateCard(card);
    const eventId = currentAnswer()?.eventId ?? '';
    const click = clicks.get(eventId);
    if (click === undefined) throw notClicked();
    if (client === undefined) {
      const isGiven = window.giveCard(click.userId, {
        type: 'update_template_card',
        card: checked,
      });
      if (!isGiven) throw clickOver();
      return;
    }
    const { responseCode } = click;
    if (responseCode === undefined) throw clickOver();
    // Good for one use: also of one of which nobody knows what came of it.
    clicks.set(eventId, { userId: click.userId });
    const to = update?.userIds === undefined ? '@all' : { users: update.userIds };
    await client.messages
      .updateCard({ responseCode, card: checked, to })
      .catch((error: unknown) => keepUnsent(eventId, click, error));
  };
  return {
    clicked: (eventId, click) => {
      clicks.set(eventId, click);
    },
    check: ({ card, update }) => {
      readTemplateCard(card);
      if (update === undefined) needClient(client);
    },
    say: async (conversationId, reply) => {
      if (reply.update !== undefined) {
        await change(reply);
        return;
      }
      needClient(client);
      await sending.say(conversationId, {
        active: encodeCard(reply.card, targetOf(conversationId)),
      });
    },
  };
}

function notClicked(): CallbackError {
  return new CallbackError('wecom-card-not-clicked', {
    text: {
      en: 'A card with `update` replaces the card that was clicked, and this reply answers no click, or one from before the restart. Leave `update` out to send a new card.',
      zh: '带 `update` 的卡片用于替换被点击的卡片，但此回复不是对点击的回复，或点击发生在重启之前。去掉 `update` 可发送新卡片。',
    },
  });
}

function clickOver(): CallbackError {
  return new CallbackError('wecom-click-over', {
    text: {
      en: 'The card that was clicked can no longer be changed: WeCom takes one change for each click, within 72 hours; without `secret` only within 4.5 s.',
      zh: '被点击的卡片已无法更改：企业微信对每次点击只接受一次更新（72 小时内）；没有 `secret` 时只能在 4.5 秒内更新。',
    },
  });
}
