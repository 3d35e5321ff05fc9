import type { FakeApp, World } from '../world.js';
import { refuse } from './refusal.js';

/** One call, past the token check. */
export interface RestRequest {
  readonly world: World;
  readonly app: FakeApp;
  readonly query: Readonly<Record<string, string>>;
  readonly contentType: string;
  /** -1 when it is not told. */
  readonly contentLength: number;
  readonly body: Buffer;
}

/** The body of a POST: a JSON object, or 47001. */
export function jsonOf({ body }: RestRequest): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    refuse(47_001, 'data format error');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) refuse(47_001);
  return value as Record<string, unknown>;
}

/** 40058 for a body with fields that the call does not have. */
export function onlyFields(body: Record<string, unknown>, ...allowed: readonly string[]): void {
  const unknown = Object.keys(body).filter((key) => !allowed.includes(key));
  if (unknown.length > 0) refuse(40_058, `unknown fields ${unknown.join(',')}`);
}

export function textField(body: Record<string, unknown>, key: string): string | undefined {
  const value = body[key];
  if (value === undefined) return undefined;
  if (typeof value !== 'string') refuse(40_058, `${key} is no string`);
  return value;
}

export function textList(body: Record<string, unknown>, key: string): string[] | undefined {
  const value = body[key];
  if (value === undefined) return undefined;
  if (!Array.isArray(value) || value.some((each) => typeof each !== 'string')) {
    refuse(40_058, `${key} is no list of strings`);
  }
  return value as string[];
}

/** The agent of a body: a number (never a string) that belongs to the token. */
export function checkAgent({ world, app }: RestRequest, agentId: unknown): void {
  if (typeof agentId !== 'number') refuse(40_058, 'agentid is no int');
  if (!world.apps.some((each) => each.agentId === agentId)) refuse(40_056, 'invalid agentid');
  if (agentId !== app.agentId)
    refuse(301_002, 'not allow operate another agent with this accesstoken');
}
