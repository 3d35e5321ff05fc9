import type { TemplateCard } from '../card/template-card.js';

/** One image at the end of a stream; at most 10 (D101031). */
export interface StreamImage {
  readonly msgtype: 'image';
  readonly image: {
    readonly base64: string;
    /** Of the bytes before base64, in hex. */
    readonly md5: string;
  };
}

/** What a stream shows: the whole text each time. */
export interface StreamFrame {
  readonly id: string;
  readonly finish: boolean;
  /** Markdown; at most 20,480 bytes of UTF-8. */
  readonly content: string;
  /** Only with `finish`. */
  readonly msg_item?: readonly StreamImage[];
  /** Honoured in the first frame alone; at most 256 bytes. */
  readonly feedback?: { readonly id: string };
}

/** Everything that a callback can be answered with (D101031). */
export type BotReply =
  /** To `enter_chat` alone. */
  | { readonly msgtype: 'text'; readonly text: { readonly content: string } }
  /** To `enter_chat` and to messages. */
  | { readonly msgtype: 'template_card'; readonly template_card: TemplateCard }
  /** To messages and to refreshes. */
  | { readonly msgtype: 'stream'; readonly stream: StreamFrame }
  /** The same; the card once for each message. */
  | {
      readonly msgtype: 'stream_with_template_card';
      readonly stream: StreamFrame;
      readonly template_card: TemplateCard;
    }
  /** To `template_card_event` alone; has no `msgtype`. */
  | {
      readonly response_type: 'update_template_card';
      readonly userids?: readonly string[];
      readonly template_card: TemplateCard;
    };
