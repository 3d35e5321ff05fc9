import { type FakeApp, randomId, type World } from '../world.js';
import { refuse } from './refusal.js';

/** `gettoken`: the same token as long as it is good. */
export function getToken(world: World, query: Readonly<Record<string, string>>) {
  const { corpid, corpsecret } = query;
  if (!corpid) refuse(41_002, 'corpid missing');
  if (!corpsecret) refuse(41_004, 'corpsecret missing');
  if (corpid !== world.corpId) refuse(40_013, 'invalid corpid');
  const app = world.apps.find(({ secret }) => secret === corpsecret);
  if (!app) refuse(40_001, 'invalid credential');
  const now = world.clock.now();
  const good = world.tokens.findLast(
    (token) =>
      token.agentId === app.agentId &&
      token.expiresAt > now &&
      (world.isTokenStuck || token.refusedAs === undefined),
  );
  const token = good ?? {
    value: randomId('tok_') + randomId() + randomId(),
    agentId: app.agentId,
    expiresAt: now + world.tokenLife * 1000,
  };
  if (!good) world.tokens.push(token);
  const expiresIn = Math.ceil((token.expiresAt - now) / 1000);
  return { access_token: token.value, expires_in: expiresIn };
}

/** The app that a token belongs to. */
export function appOf(world: World, value: string | undefined): FakeApp {
  if (!value) refuse(41_001, 'access_token missing');
  const token = world.tokens.find((each) => each.value === value);
  if (!token) refuse(40_014, 'invalid access_token');
  if (token.refusedAs !== undefined) refuse(token.refusedAs, 'access_token revoked');
  if (token.expiresAt <= world.clock.now()) refuse(42_001, 'access_token expired');
  const app = world.apps.find(({ agentId }) => agentId === token.agentId);
  if (!app) refuse(40_014, 'invalid access_token');
  return app;
}
