import { expect, test } from 'vitest';
import type { Bilingual } from '../../../src/core/language.js';
import { silentLogger } from '../../../src/core/logger.js';
import { rulebookLog } from '../../../src/runtime/rulebook-log.js';
import { documentContract } from '../../contract/document-contract.js';
import { readPair } from '../../support/document-pair.js';

/** What the program says and a cell quotes, in English and Chinese. */
const spoken = new Map([
  ['Rule "…" matches', '命中规则“…”'],
  ['The rules cannot be used', '规则无法使用'],
]);

documentContract(readPair('docs/troubleshooting.md'), {
  inCode: (code, language) => (language === 'en' ? (spoken.get(code) ?? code) : code),
});

test('the two languages quote the log as it is', () => {
  let said: Bilingual | undefined;
  const error = (text: Bilingual) => {
    said = text;
  };
  rulebookLog({ ...silentLogger, error }).unusable(new Error('no'), undefined);
  expect(said?.en).toContain('The rules cannot be used');
  expect(said?.zh).toContain(spoken.get('The rules cannot be used'));
});
