import { describe, expect, test } from 'vitest';
import { refuseForeignScript } from '../../../../src/config/source/trusted-script.js';
import { thrownBy } from '../../../support/thrown-by.js';

const root = 0;
const owned = (uid: number) => () => uid;

describe('a script that the search found', () => {
  test.each(['.wechatyrc.js', '.wechatyrc.mjs', 'wechaty.config.cjs'])(
    '%s of another user is refused for root, with what to do',
    (name) => {
      const refuse = () => refuseForeignScript(`/srv/${name}`, { me: root, ownerOf: owned(1000) });
      const error = thrownBy(refuse) as Error;
      expect(error).toMatchObject({ code: 'config-foreign' });
      expect(error.message).toContain(`--config /srv/${name}`);
    },
  );

  test.each([
    ['.wechatyrc.js', root, root],
    ['.wechatyrc.js', 1000, 1001],
    ['.wechatyrc.js', undefined, 0],
    ['.wechatyrc', root, 1000],
    ['package.json', root, 1000],
  ])('%s is taken by %s from %s', (name, me, owner) => {
    expect(() => refuseForeignScript(`/srv/${name}`, { me, ownerOf: owned(owner) })).not.toThrow();
  });
});
