/** A user of the fake server. */
export interface FakeUser {
  readonly userID: string;
  readonly nickname: string;
  readonly faceURL: string;
  /** 1 ordinary, 2 admin, 4 robot. */
  readonly appMangerLevel: number;
}

/** A group of the fake server; the first member owns it. */
export interface FakeGroup {
  readonly groupID: string;
  readonly groupName: string;
  readonly members: string[];
  /** Default: none. */
  readonly admins?: readonly string[];
  readonly muted?: boolean;
}

/** A message as members see it. */
export interface ShownMessage {
  readonly sendID: string;
  readonly senderNickname: string;
  readonly senderFaceURL: string;
  readonly recvID: string;
  readonly groupID: string;
  readonly contentType: number;
  /** The document of the content. */
  readonly content: Readonly<Record<string, unknown>>;
  readonly clientMsgID: string;
  readonly ex: string;
  readonly conversationID: string;
  readonly seq: number;
  /** Milliseconds since 1970; 0 when it does not matter. */
  readonly sendTime?: number;
}

/** All that the server knows. Tests change it as they like. */
export interface FakeWorld {
  readonly secret: string;
  readonly adminId: string;
  readonly users: Map<string, FakeUser>;
  readonly groups: Map<string, FakeGroup>;
  /** `owner/friend` → remark. */
  readonly friends: Map<string, string>;
  /** Who takes no messages of the bot. */
  readonly deaf: Set<string>;
  /** What was sent, in order. */
  readonly shown: ShownMessage[];
  readonly files: Map<string, { readonly bytes: Buffer; readonly contentType: string }>;
  /** Tokens that are good, with their end in ms since 1970. */
  readonly tokens: Map<string, number>;
  /** Life of a token, in seconds. */
  tokenSeconds: number;
  /** `main` ends old tokens when a new one is given, and takes quotes and Markdown. */
  version: 'release' | 'main' | '3.8.0';
  /** How many messages were stored in a conversation. */
  readonly seqs: Map<string, number>;
}

function user(userID: string, nickname: string, appMangerLevel = 1): [string, FakeUser] {
  const faceURL = `http://im.example.com/${userID}.png`;
  return [userID, { userID, nickname, faceURL, appMangerLevel }];
}

/** A server with an admin, the bot, two people and a group of all. */
export function createWorld(): FakeWorld {
  return {
    secret: 'fake-openIM123',
    adminId: 'imAdmin',
    users: new Map([
      user('imAdmin', 'Admin', 2),
      user('bot', '小助手', 4),
      user('alice', '爱丽丝'),
      user('bob', 'Bob'),
    ]),
    groups: new Map([
      ['g1', { groupID: 'g1', groupName: '产品群', members: ['alice', 'bot', 'bob'] }],
    ]),
    friends: new Map([['bot/alice', '爱丽丝同学']]),
    deaf: new Set(),
    shown: [],
    files: new Map(),
    tokens: new Map(),
    tokenSeconds: 7_776_000,
    version: 'release',
    seqs: new Map(),
  };
}

/** As the server names conversations. */
export function conversationOf(sendID: string, recvID: string, groupID: string): string {
  return groupID === '' ? `si_${[sendID, recvID].toSorted().join('_')}` : `sg_${groupID}`;
}
