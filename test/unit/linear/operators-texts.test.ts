import { expect, test } from 'vitest';
import type { z } from 'zod';
import { webhookPath } from '../../../src/adapters/shared/webhook-path.js';
import { expandVariables } from '../../../src/config/expand-variables.js';
import { shownValue } from '../../../src/config/problems/shown-value.js';
import { duration } from '../../../src/config/schema/duration.js';
import { journalStore } from '../../../src/config/schema/journal-store.js';
import { callbackUrl, hostOrRange, origin, publicUrl } from '../../../src/config/schema/url.js';
import { searchText } from '../../../src/console/api/search-text.js';
import { hideSecrets, maskAddress } from '../../../src/console/rules/kept-values.js';
import { redactText, redactUrl } from '../../../src/core/redact.js';
import { suggest } from '../../../src/core/text/suggest.js';
import { trimEndOf } from '../../../src/core/text/trim-end.js';
import { expandUrl } from '../../../src/delivery/expand-url.js';
import { compilePattern } from '../../../src/rules/patterns/compile-pattern.js';
import { globSource } from '../../../src/rules/patterns/glob-source.js';
import { regexTokens } from '../../../src/rules/patterns/regex-tokens.js';
import { requiredTexts } from '../../../src/rules/patterns/required-texts.js';
import { slowReadings, times } from '../../support/growth.js';

const addresses = {
  slashes: times('/', 'http://h', 'x'),
  'braces that open': times('{{', 'http://h/'),
  'braces without a name': times('{{ }}', 'http://h/'),
  variables: times('{{a}}', 'http://h/'),
  'spaces in braces': times(' ', 'http://h/{{', '}}'),
  'question marks': times('?', 'http://h/'),
  'hash signs': times('#', 'http://h/'),
  'signs of a login': times('a:', 'http://'),
  'bare logins': times('a:'),
  'many logins': times('//a:'),
  'many databases': times('postgres://'),
  'databases in lines': times('postgres://a\n'),
  'at signs': times('@', 'postgres://'),
  environment: times('${'),
  defaults: times('${A:-'),
  'keys of signing': times('whsec_'),
  'white space': times(' ', 'http://h'),
};

const parser = (schema: z.ZodType) => (text: string) => schema.safeParse(text);

const readers: Readonly<Record<string, (text: string) => unknown>> = {
  redactText,
  redactUrl,
  maskAddress,
  hideSecrets: (text) => hideSecrets({ url: text, apiKey: text }),
  shownValue,
  suggest: (text) => suggest(text, ['keywords', 'callback']),
  trimEndOf: (text) => trimEndOf(text, '/'),
  expandVariables: (text) => expandVariables({ a: text, b: [text] }, { A: 'a' }),
  expandUrl: (text) => expandUrl(text, { a: 'b' }),
  callbackUrl: parser(callbackUrl),
  publicUrl: parser(publicUrl),
  origin: parser(origin),
  hostOrRange: parser(hostOrRange),
  webhookPath: parser(webhookPath),
  journalStore: parser(journalStore),
  duration: parser(duration()),
};

test.each(Object.entries(readers))('%s takes linear time, whatever an address is', (name, read) => {
  expect(slowReadings({ [name]: read }, addresses)).toEqual([]);
});

test('a search of the console takes linear time, whatever is typed or remembered', () => {
  const texts = {
    'marks on one letter': times('\u0301\u0316', 'e'),
    'letters that grow': times('ﷺ'),
    sigmas: times('Σ.'),
    'marks that are two': times('\u0344'),
    syllables: times('\u1100\u1161'),
  };
  expect(slowReadings({ searchText }, texts)).toEqual([]);
});

const options = { ignoreCase: false, multiline: false, dotAll: false, unsafe: false };

test('patterns of rules are read in linear time', () => {
  const pieces = [
    '[',
    '[a',
    '[\\',
    '(',
    '(?<',
    '\\p{',
    '\\k<',
    '[[:a',
    '*',
    '?',
    '\\',
    'a|',
    '(a)',
  ];
  const patterns = Object.fromEntries(pieces.map((piece) => [piece, times(piece)]));
  const patternReaders = {
    regexTokens,
    globSource,
    requiredTexts,
    compilePattern: (source: string) => compilePattern(source, options),
  };
  expect(slowReadings(patternReaders, patterns)).toEqual([]);
});
