import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { expandVariables } from '../../../src/config/expand-variables.js';
import { loadConfig } from '../../../src/config/load-config.js';
import { temporaryFolder } from '../../support/temporary-folder.js';
import { shownBy, shownFor } from './problem-lines.js';

const env = { CITY: '广州', EMPTY: '', TRICKY: 'a: [b, "c"] # ${CITY}', EMOJI: '😀\ud800' };

describe('a text of the configuration', () => {
  test.each([
    ['${CITY}', '广州'],
    ['在${CITY}，${CITY}！', '在广州，广州！'],
    ['${CITY:-北京}', '广州'],
    ['${NONE:-北京}', '北京'],
    ['${NONE:-}', ''],
    ['${EMPTY:-北京}', '北京'],
    ['${EMPTY}', ''],
    ['${NONE:-a:-b}', 'a:-b'],
    ['${TRICKY}', 'a: [b, "c"] # ${CITY}'],
    ['${EMOJI}', '😀\ud800'],
    ['$${CITY}', '${CITY}'],
    ['$$${CITY}', '$${CITY}'],
    ['$CITY $5 $$', '$CITY $5 $$'],
    ['{{city}}', '{{city}}'],
  ])('%s becomes %s', (given, wanted) => {
    expect(expandVariables({ a: [given] }, env)).toMatchObject({
      value: { a: [wanted] },
      problems: [],
    });
  });

  test.each(['${}', '${1A}', '${a b}', '${NAME:default}', '${CITY', '${名字}'])(
    '%s is a problem',
    (given) => {
      const { problems } = expandVariables({ a: given }, env);
      expect(problems.map(({ path }) => path)).toEqual([['a']]);
    },
  );

  test('is the same after being escaped and filled in', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('$', '{', '}', 'A', '中', '😀', ':', '-') }),
        (text) => {
          const { value, problems } = expandVariables(
            { text: text.replaceAll('${', () => '$${') },
            env,
          );
          expect(value).toEqual({ text });
          expect(problems).toEqual([]);
        },
      ),
    );
  });

  test('takes any value of the environment as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (found) => {
        expect(expandVariables(['<${X}>'], { X: found }).value).toEqual([`<${found}>`]);
      }),
    );
  });
});

test('a key is never filled in, not even a dangerous one', () => {
  const given = JSON.parse('{"__proto__": {"a": "${CITY}"}, "${CITY}": 1}') as unknown;
  const { value } = expandVariables(given, env);
  expect(Object.keys(value as object)).toEqual(['__proto__', '${CITY}']);
  expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
});

describe('the environment', () => {
  test('is asked in files, also for numbers, booleans and durations', async () => {
    const folder = temporaryFolder();
    folder.write(
      '.wechatyrc',
      'rules: []\nmaxAge: ${AGE}\nserver:\n  port: ${PORT}\n  trustProxy: ${TRUST:-true}\n',
    );
    const { config } = await loadConfig('.wechatyrc', {
      cwd: folder.path,
      env: { AGE: '5m', PORT: '80' },
    });
    expect(config.maxAgeMs).toBe(300_000);
    expect(config.server).toMatchObject({ port: 80, trustProxy: true });
  });

  test('that lacks a name is told once, with key and name', async () => {
    const shown = await shownFor(
      temporaryFolder(),
      'rules:\n- name: 订阅\n  callback:\n    url: ${RECEIVER}/x\n    apiKey: ${KEY}\n',
    );
    expect(shown.en).toEqual([
      '.wechatyrc:4: rule "订阅": rules[0].callback.url: the environment variable RECEIVER is not set; set it, or write ${RECEIVER:-default}',
      '.wechatyrc:5: rule "订阅": rules[0].callback.apiKey: the environment variable KEY is not set; set it, or write ${KEY:-default}',
    ]);
    expect(shown.zh).toEqual([
      '.wechatyrc:4: 规则 "订阅": rules[0].callback.url: 环境变量 RECEIVER 未设置；请设置它，或写成 ${RECEIVER:-默认值}',
      '.wechatyrc:5: 规则 "订阅": rules[0].callback.apiKey: 环境变量 KEY 未设置；请设置它，或写成 ${KEY:-默认值}',
    ]);
  });

  test('that is asked the wrong way is told', async () => {
    const shown = await shownFor(temporaryFolder(), 'rules: []\nmaxAge: ${A.B}\n');
    expect(shown.en).toEqual([
      '.wechatyrc:2: maxAge: expected ${NAME} or ${NAME:-default} after $; write $${ for the characters ${',
    ]);
    expect(shown.zh).toEqual([
      '.wechatyrc:2: maxAge: $ 之后应为 ${NAME} 或 ${NAME:-默认值}；若要表示字符 ${ 本身，请写 $${',
    ]);
  });

  test('never shows its values in a problem', async () => {
    const rule = {
      name: '${S}-rule',
      keywords: ['${S}'],
      match: '${S}',
      enabled: '${S}',
      trigger: { on: '${S}', types: ['${S}'], schedule: { timezone: '${S}', windows: ['${S}'] } },
      users: { contacts: [{ name: '/${S}/gg' }], roles: ['${S}'] },
      callback: {
        url: '${S}',
        secret: '${S}',
        headers: { a: '${S}\u0000', b: '${S}' },
        timeout: 'x ${S}',
        context: ['${S}'],
        retry: '${S}',
      },
      reply: '${S}',
    };
    const given = {
      rules: [rule, rule],
      defaults: { order: '${S}', fold: '${S}', reply: { within: '${S}' } },
      journal: { store: '${S}' },
      server: { publicUrl: '${S}', port: '${S}' },
      log: { level: '${S}' },
      adapters: { wecom: { name: '${S}' }, openim: { name: '${S}' } },
    };
    const shown = await shownBy(loadConfig(given, { env: { S: 'hunter2中' } }));
    expect(shown.en.length).toBeGreaterThan(20);
    expect([...shown.en, ...shown.zh].join('\n')).not.toMatch(/hunter2/u);
    expect(shown.en).toContain('log.level: found ***, expected debug, info, warn, error or silent');
  });
});
