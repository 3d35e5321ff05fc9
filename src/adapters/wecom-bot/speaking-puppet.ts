import { FileBox, type FileBoxInterface } from 'file-box';
import { type payloads, throwUnsupportedError, types } from 'wechaty-puppet';
import type { CardPort } from '../../core/puppet-extras.js';
import type { CardReply } from '../../core/reply.js';
import { cleanText } from '../../core/text/clean-text.js';
import { WebhookPuppet, type WebhookPuppetSetup } from '../shared/webhook-puppet.js';
import type { Answer } from './answer/answer.js';
import type { Answering } from './answer/answering.js';
import { tooLate } from './answer/too-late.js';
import type { SentCards } from './card/sent-cards.js';
import { checkCard, type TemplateCard, taskTaken } from './card/template-card.js';
import type { WeComBotClient } from './client.js';
import type { DecodedMessage } from './decoded.js';
import { createFetchedFiles, type FetchedFiles } from './fetched-files.js';
import { hasRoomFor, imageOf, isShowable } from './images.js';
import type { SayFile } from './say-file.js';

/** What the adapter keeps with a message. */
export type Beside = Omit<DecodedMessage, 'payload'>;

/** What speaking takes. */
export interface SpeakingParts {
  readonly sayFile: SayFile | undefined;
  readonly client: WeComBotClient;
  readonly answering: Answering;
  readonly cards: SentCards;
}

/** The half of the puppet that says things, and fetches what people sent. */
export abstract class SpeakingPuppet extends WebhookPuppet<Beside> {
  /** The address of a file is good for five minutes alone. */
  readonly #files: FetchedFiles;
  readonly #answering: Answering;
  readonly #cards: SentCards;
  readonly #sayFile: SayFile | undefined;

  constructor(setup: WebhookPuppetSetup, parts: SpeakingParts) {
    super(setup);
    const { client, answering, cards, sayFile } = parts;
    this.#sayFile = sayFile;
    this.#files = createFetchedFiles((media) => client.download(media));
    this.#answering = answering;
    this.#cards = cards;
  }

  /** A file that somebody sent, decrypted; fetched when it is asked for first. */
  override async messageFile(messageId: string): Promise<FileBoxInterface> {
    const { media } = await this.besideOf(messageId);
    if (media === undefined) throwUnsupportedError();
    const { bytes, name } = await this.#files.of(media);
    const { filename } = await this.messagePayload(messageId);
    return FileBox.fromBuffer(bytes, name ?? filename ?? messageId);
  }

  override async messageImage(messageId: string): Promise<FileBoxInterface> {
    return await this.messageFile(messageId);
  }

  override async messageSendText(conversationId: string, text: string): Promise<void> {
    const clean = cleanText(text);
    if (clean.trim() === '') return;
    const part = { kind: 'text', text: clean, isGrowing: false, shown: 0 } as const;
    await this.#answering.say(conversationId, part);
  }

  /** A JPG or PNG, shown at the end of the stream; other files cannot be said to a webhook. */
  override async messageSendFile(conversationId: string, file: FileBoxInterface): Promise<void> {
    const bytes = await file.toBuffer();
    if (this.#sayFile) return await this.#sayFile(conversationId, { name: file.name, bytes });
    const answer = await this.#answering.answerFor(conversationId);
    if (answer === undefined) throw tooLate();
    const isTaken = answer.to === 'message' && this.#answering.takes(answer, { kind: 'image' });
    // Rejecting so lets it be said in words, as every puppet's.
    if (!isTaken || !isShowable(bytes) || !hasRoomFor(answer, bytes)) throwUnsupportedError();
    await this.#answering.say(conversationId, imageOf(bytes));
  }

  override async messageSendUrl(
    conversationId: string,
    { title, url, description }: payloads.UrlLink,
  ): Promise<void> {
    const link = `[${title.replace(/[[\]]/gu, ' ')}](${url})`;
    await this.messageSendText(conversationId, description ? `${link}\n${description}` : link);
  }

  override async messageForward(conversationId: string, messageId: string): Promise<void> {
    const { type } = await this.messagePayload(messageId);
    if (type === types.Message.Text) {
      await this.messageSendText(conversationId, this.wholeMessage(messageId).text ?? '');
    } else await this.messageSendFile(conversationId, await this.messageFile(messageId));
  }

  /** How cards are said; see `PuppetExtras.cards`. */
  protected readonly cardPort: CardPort = {
    check: ({ card }) => {
      checkCard(card);
    },
    say: async (conversationId, reply) => {
      const answer = await this.#answering.answerFor(conversationId);
      const eventId = answer?.eventIds[0] ?? '';
      const { update } = reply;
      const card =
        update === undefined ? await this.#newCard(reply, eventId) : changedCard(reply, answer);
      const part = { kind: 'card', card, isSent: false, ...(update && { update }) } as const;
      await this.#answering.say(conversationId, part);
      await this.#cards.keep(card, eventId, answer?.userId);
    },
  };

  async #newCard({ card }: CardReply, eventId: string): Promise<TemplateCard> {
    const checked = checkCard(card);
    const { task_id: id } = checked;
    if (id !== undefined && (await this.#cards.isTaken(id, eventId))) throw taskTaken();
    return checked;
  }

  /** Begins to fetch a file while its address is good, once nobody waits for an answer. */
  protected fetchSoon(beside: Beside): void {
    if (beside.media === undefined) return;
    // Who asks for it gets the failure.
    this.#files.of(beside.media).catch(() => {});
  }
}

/** What takes the place of a clicked card: the platform wants that card's id. */
function changedCard({ card }: CardReply, answer: Answer | undefined): TemplateCard {
  if (answer?.to !== 'click') throw tooLate();
  const { taskId } = answer;
  return checkCard(taskId === undefined ? card : { ...card, task_id: taskId });
}
