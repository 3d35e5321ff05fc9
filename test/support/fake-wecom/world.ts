import { randomBytes } from 'node:crypto';
import type { Clock } from '../../../src/core/clock.js';

/** A self-built app of the corp. */
export interface FakeApp {
  readonly agentId: number;
  readonly secret: string;
  readonly name: string;
  /** UserIDs in its visible range. Default: everybody, and the root department. */
  readonly visible?: readonly string[];
  isDisabled?: boolean;
}

export interface FakeMember {
  readonly userid: string;
  readonly name: string;
  readonly department?: readonly number[];
  readonly isUnlicensed?: boolean;
}

/** Something a member sees in a conversation. */
export interface Shown {
  readonly via: 'send' | 'chat' | 'passive' | 'welcome';
  readonly agentId: number;
  readonly msgtype: string;
  /** The part named like the type, as it is shown: cut where WeCom cuts. */
  content: Record<string, unknown>;
  /** Something was cut off. */
  readonly isCut: boolean;
  readonly msgId?: string;
  readonly chatId?: string;
  readonly at: number;
  isRecalled?: boolean;
}

export interface FakeMedia {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  readonly bytes: Buffer;
  readonly contentType: string;
  readonly at: number;
  /** The whole header, instead of one made of the name. */
  readonly disposition?: string;
}

export interface FakeChat {
  readonly chatid: string;
  readonly agentId: number;
  name: string;
  owner: string;
  userlist: string[];
}

export interface IssuedToken {
  readonly value: string;
  readonly agentId: number;
  readonly expiresAt: number;
  /** Set once it is not good any more. */
  refusedAs?: number;
}

interface UpdatableCard {
  readonly agentId: number;
  readonly at: number;
  readonly shown: readonly Shown[];
  isUsed?: boolean;
}

/** What a fault does to one call. */
export type Fault =
  | { readonly errcode: number; readonly errmsg?: string }
  | { readonly status: number; readonly body?: string }
  | { readonly body: string; readonly contentType?: string }
  | 'reset'
  | 'hang'
  | { readonly delayMs: number }
  /** The call is done, and its answer does not come. */
  | { readonly after: 'reset' | 'hang' };

/** One call that came in. */
export interface FakeCall {
  readonly api: string;
  /** Of a caller whose base URL ends with `/by/NAME`. */
  readonly by: string | undefined;
  readonly method: string;
  readonly query: Readonly<Record<string, string>>;
  readonly body: Buffer;
  readonly at: number;
  errcode?: number;
}

/** Everything the platform knows. */
export interface World {
  readonly corpId: string;
  readonly clock: Clock;
  readonly apps: FakeApp[];
  readonly members: FakeMember[];
  readonly departments: Map<number, string>;
  readonly tags: Map<number, { name: string; members: string[] }>;
  readonly customers: Map<string, { name: string; followers: string[] }>;
  readonly customerGroups: Map<string, { name: string; owner: string; members: string[] }>;
  readonly tokens: IssuedToken[];
  readonly media: Map<string, FakeMedia>;
  readonly chats: Map<string, FakeChat>;
  readonly cards: Map<string, UpdatableCard>;
  readonly welcomeCodes: Map<string, { customer: string; at: number }>;
  readonly shown: Map<string, Shown[]>;
  /** Messages that were taken with errcode 0 and never shown, by member. */
  readonly dropped: Map<string, number>;
  readonly faults: Map<string, Fault[]>;
  readonly calls: FakeCall[];
  /** Empty: everybody may call. */
  trustedIps: string[];
  /** How long tokens live, in seconds. */
  tokenLife: number;
  /** Gives a refused token out again. */
  isTokenStuck: boolean;
  /** When messages were last sent, by app and content. */
  readonly duplicates: Map<string, number>;
  /** When messages were shown, by lane. */
  readonly pace: Map<string, number[]>;
}

export function randomId(prefix = ''): string {
  return prefix + randomBytes(16).toString('base64url');
}

export function memberOf(world: World, userid: string): FakeMember | undefined {
  return world.members.find((each) => each.userid.toLowerCase() === userid.toLowerCase());
}

export function isVisible(app: FakeApp, member: FakeMember): boolean {
  return app.visible === undefined || app.visible.includes(member.userid);
}

/** Whether one more may be shown in this lane now; counts it if so. */
export function keepsPace(
  world: World,
  lane: string,
  paces: readonly (readonly [count: number, ms: number])[],
): boolean {
  const now = world.clock.now();
  const past = world.pace.get(lane) ?? [];
  const isKept = paces.every(([count, ms]) => past.filter((at) => at > now - ms).length < count);
  if (isKept) world.pace.set(lane, [...past, now]);
  return isKept;
}

export function show(world: World, userid: string, shown: Shown): void {
  const key = userid.toLowerCase();
  world.shown.set(key, [...(world.shown.get(key) ?? []), shown]);
}

export function drop(world: World, userid: string): void {
  const key = userid.toLowerCase();
  world.dropped.set(key, (world.dropped.get(key) ?? 0) + 1);
}
