import { writeXml, type XmlContents } from '../shared/xml/index.js';
import { cardContents } from './card-xml.js';
import type { Form } from './read-record.js';

/** One article of a news reply. Title at most 128, description at most 512 bytes. */
export interface Article {
  readonly title: string;
  readonly description?: string;
  readonly pictureUrl?: string;
  readonly url?: string;
}

/** What can be answered in the HTTP response. There is no markdown, file or text card among it. */
export type PassiveReply =
  /** At most 2,048 bytes, or WeCom cuts it: splitting is the caller's business. */
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'image'; readonly mediaId: string }
  | { readonly type: 'voice'; readonly mediaId: string }
  | {
      readonly type: 'video';
      readonly mediaId: string;
      readonly title?: string;
      readonly description?: string;
    }
  /** 1 to 8 articles. */
  | { readonly type: 'news'; readonly articles: readonly Article[] }
  /** Changes the clicked buttons for this member. */
  | { readonly type: 'update_button'; readonly replaceName: string }
  /** Replaces the clicked card for this member; spelled as in `message/send`. */
  | { readonly type: 'update_template_card'; readonly card: Readonly<Record<string, unknown>> }
  /** For the old task cards. */
  | { readonly type: 'update_taskcard'; readonly replaceName: string };

/** From whom to whom: the two names of the document that is answered, swapped. */
export interface ReplyAddress {
  /** The member. */
  readonly toUserName: string;
  /** The CorpID. */
  readonly fromUserName: string;
  /** Ms since 1970; written in whole seconds. */
  readonly at: number;
}

/**
 * The document of a passive reply, to be sealed. Source: WeCom D90241.
 *
 * @param form of the callback that is answered
 */
export function writePassiveReply(
  reply: PassiveReply,
  { toUserName, fromUserName, at }: ReplyAddress,
  form: Form = 'xml',
): string {
  const contents = {
    ToUserName: toUserName,
    FromUserName: fromUserName,
    CreateTime: Math.floor(at / 1000),
    MsgType: reply.type,
    ...bodyOf(reply),
  };
  return form === 'json' ? JSON.stringify(contents) : writeXml(contents);
}

type Of<Type extends PassiveReply['type']> = Extract<PassiveReply, { readonly type: Type }>;

const bodies: {
  readonly [Type in PassiveReply['type']]: (reply: Of<Type>) => XmlContents;
} = {
  text: ({ text }) => ({ Content: text }),
  image: ({ mediaId }) => ({ Image: { MediaId: mediaId } }),
  voice: ({ mediaId }) => ({ Voice: { MediaId: mediaId } }),
  video: ({ mediaId, title, description }) => ({
    Video: { MediaId: mediaId, Title: title, Description: description },
  }),
  news: ({ articles }) => newsOf(articles),
  update_button: ({ replaceName }) => ({ Button: { ReplaceName: replaceName } }),
  update_template_card: ({ card }) => ({ TemplateCard: cardContents(card) }),
  update_taskcard: ({ replaceName }) => ({ TaskCard: { ReplaceName: replaceName } }),
};

function bodyOf(reply: PassiveReply): XmlContents {
  const body = bodies[reply.type] as (reply: PassiveReply) => XmlContents;
  return body(reply);
}

/** One `Articles` with its `item`s, whose name alone is in lower case. */
function newsOf(articles: readonly Article[]): XmlContents {
  const item = articles.map(({ title, description, pictureUrl, url }) => ({
    Title: title,
    Description: description,
    PicUrl: pictureUrl,
    Url: url,
  }));
  return { ArticleCount: articles.length, Articles: { item } };
}
