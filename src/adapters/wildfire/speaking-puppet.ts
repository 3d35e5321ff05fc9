import { FileBox, type FileBoxInterface } from 'file-box';
import { type payloads, throwUnsupportedError, types } from 'wechaty-puppet';
import { type AnswerScope, currentAnswer } from '../../core/answer-scope.js';
import { CallbackError } from '../../core/errors.js';
import type { CardPort } from '../../core/puppet-extras.js';
import { WebhookPuppet, type WebhookPuppetSetup } from '../shared/webhook-puppet.js';
import type { DirectedMessages } from './answer/directed-messages.js';
import { GrowingAnswers } from './answer/growing-answers.js';
import type { OpenTexts } from './answer/open-texts.js';
import { type AnswerRoutes, createAnswerRoutes } from './answer-routes.js';
import type { SentMessage } from './client/results.js';
import type { WildfireClient } from './client.js';
import type { MessageContent, Quote } from './decode/event.js';
import {
  cardPayload,
  filePayload,
  linkPayload,
  locationPayload,
  richNotificationPayload,
  textPayload,
} from './encode.js';
import { fileKindOf } from './file-kind.js';
import { createNames, type Names } from './names.js';
import { notificationOf } from './notification-card.js';
import type { WildfirePayload } from './schema/payload.js';

/** What speaking takes. */
export interface SpeakingParts {
  readonly client: WildfireClient;
  readonly texts: OpenTexts;
  readonly directed: DirectedMessages;
}

/** The half of the puppet that says things, and fetches what others sent. */
export abstract class SpeakingPuppet extends WebhookPuppet<MessageContent> {
  protected readonly client: WildfireClient;
  protected readonly routes: AnswerRoutes;
  protected readonly answers: GrowingAnswers;
  protected readonly directed: DirectedMessages;
  readonly #names: Names;

  constructor(setup: WebhookPuppetSetup, { client, texts, directed }: SpeakingParts) {
    super(setup);
    this.client = client;
    this.directed = directed;
    this.#names = createNames(client.directory, this.clock);
    this.routes = createAnswerRoutes(client.bot, client.directory);
    this.answers = new GrowingAnswers({
      texts,
      say: client.say,
      wayTo: async (id, eventId) => {
        const { conversation } = await this.routes.to(id);
        const toUsers = await this.directed.of(eventId);
        return { conversation, replyOnly: false, ...(toUsers && { toUsers }) };
      },
      clock: this.clock,
    });
  }

  override async onStart(): Promise<void> {
    await this.answers.open();
    await super.onStart();
  }

  override async onStop(): Promise<void> {
    await super.onStop();
    await this.answers.close();
    await this.client.close();
  }

  override async contactPayload(id: string): Promise<payloads.Contact> {
    const payload = await super.contactPayload(id);
    return id === this.client.bot.id ? await this.#names.own(payload) : payload;
  }

  override async roomMemberRawPayload(roomId: string, id: string): Promise<payloads.RoomMember> {
    return await this.#names.inRoom(roomId, await super.roomMemberRawPayload(roomId, id));
  }

  override async messageFile(messageId: string): Promise<FileBoxInterface> {
    const { media } = await this.besideOf(messageId);
    if (media === undefined) throwUnsupportedError();
    return FileBox.fromBuffer(await this.client.download(media.url), media.name);
  }

  override async messageImage(messageId: string): Promise<FileBoxInterface> {
    return await this.messageFile(messageId);
  }

  override async messageUrl(messageId: string): Promise<payloads.UrlLink> {
    return (await this.besideOf(messageId)).link ?? throwUnsupportedError();
  }

  override async messageLocation(messageId: string): Promise<payloads.Location> {
    return (await this.besideOf(messageId)).location ?? throwUnsupportedError();
  }

  override async messageContact(messageId: string): Promise<string> {
    return (await this.besideOf(messageId)).contact?.id ?? throwUnsupportedError();
  }

  override async messageSendText(
    conversationId: string,
    text: string,
    mentions: string[] = [],
  ): Promise<string> {
    const quote = quoteOf(currentAnswer());
    // What grows is a text and nothing besides.
    const isPlain = mentions.length === 0 && quote === undefined;
    const grown = isPlain ? await this.answers.finish(conversationId, text) : undefined;
    if (grown) return this.#keepOwn(conversationId, grown, text);
    const options = { mentions, ...(quote && { quote }) };
    return await this.#say(conversationId, textPayload(text, options), text);
  }

  override async messageSendFile(conversationId: string, file: FileBoxInterface): Promise<string> {
    const bytes = await file.toBuffer();
    const kind = fileKindOf(file.name);
    const remote = await this.client.upload(kind, { name: file.name, bytes });
    return await this.#say(conversationId, filePayload(kind, remote));
  }

  override async messageSendUrl(conversationId: string, link: payloads.UrlLink): Promise<string> {
    return await this.#say(conversationId, linkPayload(link));
  }

  override async messageSendLocation(
    conversationId: string,
    location: payloads.Location,
  ): Promise<string> {
    return await this.#say(conversationId, locationPayload(location));
  }

  override async messageSendContact(conversationId: string, contactId: string): Promise<string> {
    const { name, avatar: portrait } = await this.contactPayload(contactId);
    const card = cardPayload({ id: contactId, kind: 'user', name, portrait });
    return await this.#say(conversationId, card);
  }

  /** Cards go out as rich notifications. */
  protected readonly cards: CardPort = {
    check: (card) => {
      notificationOf(card);
    },
    say: async (conversationId, card) => {
      await this.#say(conversationId, richNotificationPayload(notificationOf(card)));
    },
  };

  override async messageRecall(messageId: string): Promise<boolean> {
    await this.client.recall(messageId);
    return true;
  }

  /** Says something, and keeps it as Wechaty wants to load it. */
  async #say(conversationId: string, payload: WildfirePayload, text?: string): Promise<string> {
    // The server knows no repetitions; only a text that grew would have been found again.
    if (currentAnswer()?.unsureSince !== undefined) throw unsure();
    const route = await this.routes.to(conversationId);
    const answer = currentAnswer();
    const toUsers = answer && (await this.directed.of(answer.eventId));
    // What was learnt of a chat is gone after a restart; the question is not. A reply to one person
    // must not go to who asked before.
    const asked = askedMessage(answer);
    const mentionedBy = toUsers ? asked : (route.mentionedBy ?? asked);
    const way = { ...route, ...(mentionedBy && { mentionedBy }), ...(toUsers && { toUsers }) };
    const sent = await this.client.say(way, payload);
    return this.#keepOwn(conversationId, sent, text);
  }

  #keepOwn(conversationId: string, { messageUid: id }: SentMessage, text?: string): string {
    const own: payloads.Message = {
      id,
      type: text === undefined ? types.Message.Unknown : types.Message.Text,
      talkerId: this.currentUserId,
      listenerId: conversationId,
      timestamp: Math.floor(this.clock.now() / 1000),
      ...(text !== undefined && { text }),
    };
    this.keepMessage(own, { type: own.type, text: text ?? '' });
    return id;
  }
}

/** The message that is answered, where it has an id that the server knows. */
function askedMessage(answer: AnswerScope | undefined): string | undefined {
  return answer && /^\d{1,19}$/u.test(answer.eventId) ? answer.eventId : undefined;
}

function quoteOf(answer: AnswerScope | undefined): Quote | undefined {
  const messageId = askedMessage(answer);
  if (answer?.quote === undefined || messageId === undefined) return undefined;
  return { messageId, ...answer.quote };
}

function unsure(): CallbackError {
  return new CallbackError('wildfire-unsure', {
    text: {
      en: 'WildfireChat may have shown this message already, and knows no repetitions.',
      zh: '野火 IM 可能已显示过此消息，且无法识别重复。',
    },
    saying: { kind: 'unknown' },
  });
}
