/** Text to say. `mention` and `quote`, when given, override the rule's own. */
export interface TextReply {
  readonly type: 'text';
  readonly text: string;
  readonly mention?: boolean;
  readonly quote?: boolean;
}

/** A file to say: by `url` (at most 25 MB), or as `base64` with a `name`. */
export interface FileReply {
  readonly type: 'image' | 'file' | 'audio' | 'video';
  readonly url?: string;
  readonly base64?: string;
  readonly name?: string;
}

/** A link card. */
export interface LinkReply {
  readonly type: 'link';
  readonly url: string;
  readonly title: string;
  readonly description?: string;
  readonly thumbnailUrl?: string;
}

/** A mini program (小程序). */
export interface MiniProgramReply {
  readonly type: 'miniProgram';
  readonly appid: string;
  readonly pagePath?: string;
  readonly title?: string;
  readonly description?: string;
  readonly username?: string;
  readonly thumbUrl?: string;
  readonly thumbKey?: string;
}

/** A contact's card (名片). */
export interface ContactReply {
  readonly type: 'contact';
  readonly contactId: string;
}

/** A place on the map, in degrees. */
export interface LocationReply {
  readonly type: 'location';
  readonly latitude: number;
  readonly longitude: number;
  readonly name?: string;
  readonly address?: string;
}

/** A platform's own card; with `update` it replaces the one that was clicked. */
export interface CardReply {
  readonly type: 'card';
  readonly card: Readonly<Record<string, unknown>>;
  readonly update?: { readonly userIds?: readonly string[] };
}

/** One thing to say back. */
export type Reply =
  | TextReply
  | FileReply
  | LinkReply
  | MiniProgramReply
  | ContactReply
  | LocationReply
  | CardReply;
