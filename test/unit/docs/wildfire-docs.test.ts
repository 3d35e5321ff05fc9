import { describe, expect, test } from 'vitest';
import { wildfireOptionsSchema } from '../../../src/adapters/wildfire/options.js';
import {
  callbackKinds,
  kindAtPath,
  pathOfKind,
} from '../../../src/adapters/wildfire/schema/callback-kinds.js';
import { loadConfig } from '../../../src/config/load-config.js';
import { documentContract } from '../../contract/document-contract.js';
import { readPair } from '../../support/document-pair.js';
import { blockOf, codeOf, rowsOf } from '../../support/markdown-file.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const pair = readPair('docs/wildfire.md');

documentContract(pair);

describe.each([pair.en, pair.zh])('$path', (document) => {
  const { language } = document;

  test('lists every kind of callback as a trigger, with its path and its key', () => {
    const rows = rowsOf(document, '`wildfire:message`').map(
      ([trigger = '', path = '', key = '', tells]) => [
        codeOf(trigger)[0],
        codeOf(path)[0],
        codeOf(key)[0] ?? key,
        tells,
      ],
    );
    const wanted = Object.entries(callbackKinds).map(([kind, { key, en, zh }]) => [
      `wildfire:${kind}`,
      `/${pathOfKind(kind as keyof typeof callbackKinds)}`,
      key.split(' / ')[language === 'en' ? 0 : 1] ?? key,
      language === 'en' ? en : zh,
    ]);
    expect(rows).toEqual(wanted);
  });

  test('lists every option', () => {
    const listed = rowsOf(document, '`name`').map(([option = '']) => codeOf(option)[0] ?? '');
    expect(listed.toSorted()).toEqual(Object.keys(wildfireOptionsSchema.shape).toSorted());
  });

  test('gives keys of the server the paths of their kinds', () => {
    const lines = blockOf(document, 'text').split('\n');
    const urls = lines.flatMap((line) => {
      const [, key = '', path = ''] = /^(\S+) \S+\/SECRET\/(\S+)$/u.exec(line) ?? [];
      return key === '' ? [] : [[key, path] as const];
    });
    expect(urls.length).toBeGreaterThan(5);
    for (const [key, path] of urls) {
      const kind = kindAtPath(path);
      expect(kind && callbackKinds[kind].key).toBe(key);
    }
  });

  test('shows a configuration that works', async () => {
    const folder = temporaryFolder();
    folder.write('.wechatyrc', blockOf(document, 'yaml'));
    const env = {
      WILDFIRE_ROBOT_SECRET: 'secret',
      WILDFIRE_CALLBACK_SECRET: 'nobody-can-guess-this',
    };
    const { config } = await loadConfig(undefined, { cwd: folder.path, env });
    expect(config.adapters.wildfire).toHaveLength(1);
    expect(config.rules.map(({ trigger }) => trigger.on)).toEqual([
      ['message'],
      ['wildfire:censor'],
    ]);
  });
});
