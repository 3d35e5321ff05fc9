import { describe, expect, test } from 'vitest';
import {
  listedPersonalFields,
  personalEvents,
  personalIn,
} from '../../../src/core/personal-fields.js';
import { loadRules } from '../../../src/runtime/load-rules.js';
import { documentContract } from '../../contract/document-contract.js';
import { readPair } from '../../support/document-pair.js';
import { codeOf, type MarkdownFile, rowsOf } from '../../support/markdown-file.js';

const pair = readPair('docs/privacy.md');

documentContract(pair);

/** How long something is kept, as the table says beside its key. */
function timeOf({ tables }: MarkdownFile, key: string): string | undefined {
  return tables.flat().find((row) => row[3] === `\`${key}\``)?.[2];
}

describe.each([pair.en, pair.zh])('$path', (document) => {
  const rows = rowsOf(document, '`wecom:LOCATION`').map(([events = '', fields = '']) => ({
    events: codeOf(events),
    fields: codeOf(fields),
  }));

  test('lists every event with personal fields, and each of them', () => {
    const named = rows.flatMap(({ events }) => events);
    expect(named.toSorted()).toEqual([...personalEvents()].toSorted());
    for (const { events, fields } of rows) {
      for (const event of events)
        expect([event, fields]).toEqual([event, listedPersonalFields(event)]);
    }
  });

  test('names what is personal everywhere', () => {
    for (const name of ['mobile', 'email', 'address']) {
      expect(document.prose).toContain(`\`${name}\``);
      expect(personalIn('wildfire:something.new')?.(name)).toBe(true);
    }
  });

  test('tells how long texts are kept', async () => {
    const { retention } = (await loadRules({ rules: [] })).config.journal;
    const hours = retention.answeredTextMs / 3_600_000;
    const days = retention.textMs / 86_400_000;
    expect(timeOf(document, 'journal.keep.answered')).toMatch(new RegExp(`^${hours} `, 'u'));
    expect(timeOf(document, 'journal.keep.failed')).toMatch(new RegExp(`^${days} `, 'u'));
  });
});
