import { describe, expect, it } from 'vitest';
import {
  type CallbackHead,
  commandOf,
  createVerifier,
} from '../../../../src/adapters/openim/verify.js';

const head: CallbackHead = {
  path: '/openim/s3cret/callbackAfterSendSingleMsgCommand',
  query: 'contenttype=json',
  authorization: null,
  forwardedFor: null,
};

describe('a verifier', () => {
  const verifier = createVerifier({ name: 'openim', path: '/openim', secret: 's3cret' });

  it.each([
    '/openim/s3cret/callbackAfterSendSingleMsgCommand',
    '/openim/s3cret//callbackAfterSendSingleMsgCommand',
    '/openim/s3cret',
  ])('admits the secret in %s', (path) => {
    expect(verifier.verify({ ...head, path })).toBe('admitted');
  });

  it.each([
    '/openim',
    '/openim/callbackX',
    '/openim/s3cre/callbackX',
    '/openim/s3cret2',
    '/s3cre',
    '',
  ])('does not admit %s', (path) => {
    expect(verifier.verify({ ...head, path })).toBe('secret');
  });

  it('admits the secret as the password of the URL', () => {
    const authorization = `Basic ${Buffer.from('openim:s3cret').toString('base64')}`;
    expect(verifier.verify({ ...head, path: '/openim/callbackX', authorization })).toBe('admitted');
    const wrong = `Basic ${Buffer.from('s3cret:x').toString('base64')}`;
    expect(verifier.verify({ ...head, path: '/openim/x', authorization: wrong })).toBe('secret');
  });

  it('warns when it has nothing to go by, and only then', () => {
    const open = createVerifier({ name: 'im', path: '/openim' });
    expect(open.warning).toEqual({
      en: 'im takes callbacks from anybody who finds its URL: this platform signs nothing. Set `callbackSecret` or `allow`.',
      zh: 'im 会接受任何知道其地址者的回调：该平台没有签名。请设置 `callbackSecret` 或 `allow`。',
    });
    expect(open.verify(head)).toBe('admitted');
    expect(verifier.warning).toBeUndefined();
    const ranged = createVerifier({ name: 'im', path: '/openim', allow: ['10.0.0.0/8'] });
    expect(ranged.warning).toBeUndefined();
    expect(ranged.verify({ ...head, peer: '10.1.2.3' })).toBe('admitted');
    expect(ranged.verify({ ...head, peer: '11.1.2.3' })).toBe('address');
  });
});

describe('the command of a callback', () => {
  const name = 'callbackAfterSendSingleMsgCommand';

  it.each([
    ['the path', { path: `/openim/s/${name}`, query: 'contenttype=json' }],
    ['a path with two slashes', { path: `/openim//${name}`, query: '' }],
    ['the query of servers before 3.5', { path: '/openim/s', query: `command=${name}` }],
    ['another query', { path: '/openim/s', query: `sdkName=x&callbackCommand=${name}` }],
  ])('is found in %s', (_where, where) => {
    expect(commandOf(where, {})).toBe(name);
  });

  it('is found in the body, and else is nothing', () => {
    expect(commandOf({ path: '/openim/s', query: '' }, { callbackCommand: name })).toBe(name);
    expect(commandOf({ path: '/openim/s', query: '' }, { callbackCommand: 5 })).toBe('');
    expect(commandOf({ path: '/openim/s', query: 'command=a%20b' }, {})).toBe('');
  });

  it('is never the secret, whatever that looks like', () => {
    const secret = 'callback_secret_of_somebody';
    const where = { path: `/openim/${secret}`, query: '' };
    expect(commandOf(where, {}, secret)).toBe('');
    expect(commandOf(where, { callbackCommand: name }, secret)).toBe(name);
  });

  it('may have a capital letter, as before 3.5', () => {
    const old = 'CallbackBeforeSetGroupMemberInfoCommand';
    expect(commandOf({ path: `/openim/${old}`, query: '' }, {})).toBe(old);
  });
});
