import { describe, expect, test } from 'vitest';
import { loadConfig } from '../../../src/config/load-config.js';
import { postgresFault } from '../../../src/postgres/fault.js';
import { documentContract } from '../../contract/document-contract.js';
import { readPair } from '../../support/document-pair.js';
import { codeOf } from '../../support/markdown-file.js';

const pair = readPair('docs/cluster.md');
const isMessage = (code: string) => code.includes('PostgreSQL');

documentContract(pair, { inCode: (code) => (isMessage(code) ? 'a message' : code) });

describe.each([pair.en, pair.zh])('$path', ({ tables, language }) => {
  test('quotes the messages as they are', () => {
    const quoted = tables.flat(2).flatMap(codeOf).filter(isMessage);
    expect(quoted).toHaveLength(7);
    const kinds = [
      'unreachable',
      'refused',
      'not-admitted',
      'certificate',
      'no-tls',
      'unusable',
      'full',
    ] as const;
    for (const [n, kind] of kinds.entries()) {
      const said = postgresFault(kind, 'db/x', 'code').in(language);
      for (const part of quoted[n]?.split('…') ?? []) expect(said).toContain(part);
    }
  });
});

test('the example is a configuration that holds', async () => {
  const env = {
    RECEIVER_URL: 'http://receiver.internal/',
    RECEIVER_SECRET: `whsec_${Buffer.alloc(24, 'x').toString('base64')}`,
    WECOM_CORP_ID: 'ww0123456789abcdef',
    WECOM_AGENT_ID: '1000002',
    WECOM_SECRET: 'secret',
    WECOM_TOKEN: 'QDG6eK',
    WECOM_AES_KEY: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C',
    JOURNAL_STORE: 'postgres://wechaty:secret@postgres/wechaty',
    PUBLIC_URL: 'https://bot.example.com',
  };
  const { config } = await loadConfig('examples/cluster/.wechatyrc.yaml', { env });
  expect(config.journal.store).toEqual({ kind: 'postgres', url: env.JOURNAL_STORE });
});
