import { describe, expect, test } from 'vitest';
import { createAsWritten } from '../../../src/config/as-written.js';
import { expandVariables } from '../../../src/config/expand-variables.js';
import { loadConfig } from '../../../src/config/load-config.js';
import { timed } from '../../support/timed.js';
import { shownBy } from './problem-lines.js';

const env = { KEY: 'S3cret/"key"', PIN: 'q7', URL: 'http://host.example', NONE: '' };

function shown(written: unknown, text: string): string {
  return createAsWritten(expandVariables(written, env).filled)(text);
}

describe('a text about a configuration', () => {
  test.each([
    [['${KEY}'], 'wants S3cret/"key", got x', 'wants ${KEY}, got x'],
    [['${KEY}'], 'in JSON: S3cret/\\"key\\"', 'in JSON: ${KEY}'],
    [['${KEY}'], 'http://x/S3cret%2F%22key%22', 'http://x/${KEY}'],
    [['${KEY}'], 's3CRET/"KEY"', '${KEY}'],
    [['${KEY:-default}'], 'S3cret/"key"', '${KEY}'],
    [['<${KEY:-default}>'], 'it is <S3cret/"key">', 'it is <${KEY}>'],
    [['${KEY}'], 'cut: "S3cret…", whole: S3cret', 'cut: "${KEY}…", whole: S3cret'],
    [['${PIN}'], 'wants “q7”, q7a aq7 q7', 'wants “${PIN}”, q7a aq7 ${PIN}'],
    [['a${PIN}b'], 'wants aq7b', 'wants a${PIN}b'],
    [['${URL}/x', '${URL}'], 'http://host.example/x/y', '${URL}/x/y'],
    [['${NONE}', 'a${NONE}'], 'as it is', 'as it is'],
    [['plain', '$${KEY}', '${MISSING:-default}'], 'plain ${KEY} default', 'plain ${KEY} default'],
  ])('about %j: %s is shown as %s', (written, text, wanted) => {
    expect(shown(written, text)).toBe(wanted);
  });

  test('hides the environment in each problem, also where a rule is named for it', async () => {
    const rules = [
      { name: 'a${KEY}', keywords: ['${KEY}'], match: 'regex', callback: { url: '${URL}' } },
      { name: 'b', keywords: ['(${KEY}'], match: 'regex', callback: { url: '${URL}' } },
      { name: 'b', keywords: ['${PIN}'], match: '${KEY}', callback: { url: '${KEY}' } },
    ];
    const shownText = JSON.stringify(await shownBy(loadConfig({ rules }, { env })));
    expect(shownText).toContain('match');
    expect(shownText).not.toMatch(/s3cret|q7/iu);
  });

  test('is searched in linear time', timed, () => {
    const many = Array.from({ length: 5 }, (_, n) => [`V${n}`, `${'ab'.repeat(30)}${n}`]);
    const filled = many.map(([name = '', text = '']) => ({ text, written: `\${${name}}` }));
    const search = createAsWritten(filled);
    const time = (size: number) => {
      const texts = ['…', 'ababab…', 'ab'].map((part) => part.repeat(size / part.length));
      const tries = Array.from({ length: 9 }, () => {
        const start = performance.now();
        for (const text of texts) search(text);
        return performance.now() - start;
      });
      return Math.min(...tries);
    };
    time(50_000);
    expect(time(400_000) / time(100_000)).toBeLessThan(8);
  });
});
