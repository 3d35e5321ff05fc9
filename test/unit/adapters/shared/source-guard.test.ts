import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  createSourceGuard,
  presentedSecrets,
} from '../../../../src/adapters/shared/source-guard.js';

const nobody = { presented: [] };

describe('a source guard', () => {
  it('admits all when nothing is configured, and says so', () => {
    const guard = createSourceGuard({ secret: '', allow: [] });
    expect(guard.isGuarded).toBe(false);
    expect(guard.check(nobody)).toBe('admitted');
  });

  it('admits exactly the secret', () => {
    const guard = createSourceGuard({ secret: '密钥/a b' });
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' })), (presented) => {
        expect(guard.check({ presented })).toBe('secret');
      }),
    );
    expect(guard.check({ presented: ['x', '密钥/a b'] })).toBe('admitted');
  });

  it.each([
    ['10.1.2.3', 'admitted'],
    ['::ffff:10.1.2.3', 'admitted'],
    ['2001:db8::1', 'admitted'],
    ['192.0.2.7', 'admitted'],
    ['192.0.2.8', 'address'],
    ['2001:db9::1', 'address'],
    ['localhost', 'address'],
    ['', 'address'],
    [undefined, 'address'],
  ])('by address says of %s: %s', (peer, said) => {
    const guard = createSourceGuard({ allow: ['10.0.0.0/8', '2001:db8::/32', '192.0.2.7'] });
    expect(guard.isGuarded).toBe(true);
    expect(guard.check({ ...nobody, peer })).toBe(said);
  });

  it('wants address and secret where both are configured', () => {
    const guard = createSourceGuard({ secret: 's', allow: ['10.0.0.1'] });
    expect(guard.check({ presented: ['s'], peer: '10.0.0.1' })).toBe('admitted');
    expect(guard.check({ presented: ['t'], peer: '10.0.0.1' })).toBe('secret');
    expect(guard.check({ presented: ['s'], peer: '10.0.0.2' })).toBe('address');
  });

  it('believes X-Forwarded-For of a declared proxy alone, and of it the last hop alone', () => {
    const options = { allow: ['10.0.0.1'], proxies: ['127.0.0.1', '172.16.0.0/12'] };
    const guard = createSourceGuard(options);
    const check = (peer: string, forwardedFor: string | null) =>
      guard.check({ ...nobody, peer, forwardedFor });
    expect(check('127.0.0.1', '10.0.0.1')).toBe('admitted');
    expect(check('127.0.0.1', '6.6.6.6, 10.0.0.1')).toBe('admitted');
    expect(check('127.0.0.1', '10.0.0.1, 172.16.0.9')).toBe('admitted');
    expect(check('127.0.0.1', '10.0.0.1, 6.6.6.6')).toBe('address');
    expect(check('6.6.6.6', '10.0.0.1')).toBe('address');
    expect(check('127.0.0.1', null)).toBe('address');
    expect(check('127.0.0.1', '127.0.0.1, 127.0.0.1')).toBe('address');
    const undeclared = createSourceGuard({ allow: ['10.0.0.1'] });
    expect(undeclared.check({ ...nobody, peer: '127.0.0.1', forwardedFor: '10.0.0.1' })).toBe(
      'address',
    );
  });

  it('reads what a request shows from path and password', () => {
    const login = Buffer.from('user:p:w').toString('base64');
    expect(presentedSecrets('//a%20b/%E5%AF%86/%zz', `Basic ${login}`)).toEqual([
      'a b',
      '密',
      '%zz',
      'p:w',
    ]);
    expect(presentedSecrets('', 'Bearer x')).toEqual([]);
    expect(presentedSecrets('', null)).toEqual([]);
  });
});
