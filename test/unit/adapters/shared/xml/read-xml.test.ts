import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readXml, writeXml, XmlError } from '../../../../../src/adapters/shared/xml/index.js';

import { classThrownBy } from '../../../../support/thrown-by.js';
import { timed } from '../../../../support/timed.js';

const nest = (depth: number) => `<xml>${'<a>'.repeat(depth)}${'</a>'.repeat(depth)}</xml>`;

describe('readXml', () => {
  test.each([
    ['texts stay texts', '<a>00123</a><b>1e5</b><c>true</c>', { a: '00123', b: '1e5', c: 'true' }],
    ['CDATA is kept as it is', '<a><![CDATA[  <x>&amp; 1\n ]]></a>', { a: '  <x>&amp; 1\n ' }],
    ['white space around CDATA is layout', '<a>\n  <![CDATA[ x ]]>\n</a>', { a: ' x ' }],
    ['sections of CDATA are one text', '<a><![CDATA[x]]]]><![CDATA[>y]]></a>', { a: 'x]]>y' }],
    ['sections on lines of their own, too', '<a>\n<![CDATA[x]]>\n<![CDATA[y]]>\n</a>', { a: 'xy' }],
    ['text beside CDATA', '<a>x &lt; <![CDATA[y]]></a>', { a: 'x < y' }],
    ['the five entities', '<a>&lt;&gt;&amp;&quot;&apos;</a>', { a: '<>&"\'' }],
    ['numeric references', '<a>&#20013;&#x6587;&#x1F600;</a>', { a: '中文😀' }],
    ['nothing is decoded twice', '<a>&amp;lt;</a>', { a: '&lt;' }],
    ['plain text keeps its white space', '<a> x </a><b>  </b>', { a: ' x ', b: '  ' }],
    ['empty elements', '<a/><b></b><c /><d><![CDATA[]]></d>', { a: '', b: '', c: '', d: '' }],
    ['siblings of one name', '<a>1</a><b>x</b><a>2</a><a>3</a>', { a: ['1', '2', '3'], b: 'x' }],
    ['elements in elements', '<a><b>1</b> <b><c/></b></a>', { a: { b: ['1', { c: '' }] } }],
    ['comments', '<!-- <x> --><a>1<!-- -- -->2</a>', { a: '12' }],
    ['white space in end tags', '<a>1</a \n>', { a: '1' }],
    ['a root of one name with its child', '<xml>1</xml>', { xml: '1' }],
  ])('%s', (_what, inner, record) => {
    expect(readXml(`<xml>${inner}</xml>`)).toEqual(record);
  });

  test.each([
    '',
    '\uFEFF',
    '<?xml version="1.0" encoding="UTF-8"?>\n',
    '\uFEFF\n<?xml version="1.0"?>',
  ])('takes %j before the root', (head) => {
    expect(readXml(`${head}<xml><a>1</a></xml>\n<!-- end -->\n`)).toEqual({ a: '1' });
  });

  test('an empty root has no children', () => {
    expect(readXml('<xml> </xml>')).toEqual({});
    expect(readXml('<xml/>')).toEqual({});
  });

  test('names of parts of objects are names', () => {
    const record = readXml(
      '<xml><__proto__><x>1</x></__proto__><constructor>2</constructor></xml>',
    );
    expect(Object.entries(record)).toEqual([
      ['__proto__', expect.objectContaining({ x: '1' })],
      ['constructor', '2'],
    ]);
    expect(Object.getPrototypeOf(record)).toBeNull();
  });

  test.each([
    ['nothing', ''],
    ['no element', '<?xml version="1.0"?>'],
    ['a plain text', 'hello'],
    ['another root', '<html></html>'],
    ['two roots', '<xml/><xml/>'],
    ['text after the root', '<xml/>x'],
    ['CDATA outside', '<![CDATA[x]]><xml/>'],
    ['text in the root', '<xml>hello</xml>'],
    ['text between elements', '<xml><a/>x</xml>'],
    ['a DOCTYPE', '<!DOCTYPE xml><xml/>'],
    [
      'an entity bomb',
      '<!DOCTYPE xml [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><xml><c>&b;</c></xml>',
    ],
    ['an external entity', '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><xml>&e;</xml>'],
    ['an unknown entity', '<xml><a>&nbsp;</a></xml>'],
    ['a bare ampersand', '<xml><a>a & b</a></xml>'],
    ['a reference to NUL', '<xml><a>&#0;</a></xml>'],
    ['a reference to half a pair', '<xml><a>&#xD800;</a></xml>'],
    ['a reference beyond Unicode', '<xml><a>&#x110000;</a></xml>'],
    ['a processing instruction', '<xml><?php x ?></xml>'],
    ['a second declaration', '<?xml version="1.0"?><?xml version="1.0"?><xml/>'],
    ['an attribute', '<xml><a b="c">1</a></xml>'],
    ['an unclosed element', '<xml><a>1</xml>'],
    ['an end too many', '<xml></a></xml>'],
    ['an end of a longer name', '<xml><a>1</ab></xml>'],
    ['an open CDATA', '<xml><a><![CDATA[x]]</a></xml>'],
    ['an open comment', '<xml><!-- </xml>'],
    ['an open tag', '<xml><a'],
    ['an end of the text', '<xml><'],
    ['a name that is none', '<xml><1/></xml>'],
  ])('refuses %s', (_what, xml) => {
    expect(() => readXml(xml)).toThrow(XmlError);
  });

  test('refuses what is too long, too deep or too much', () => {
    expect(() => readXml(nest(31))).not.toThrow();
    expect(() => readXml(nest(32))).toThrow(XmlError);
    expect(() => readXml(nest(100_000))).toThrow(XmlError);
    expect(() => readXml(`<xml>${'<a/>'.repeat(19_999)}</xml>`)).not.toThrow();
    expect(() => readXml(`<xml>${'<a/>'.repeat(20_000)}</xml>`)).toThrow(XmlError);
    expect(() => readXml(`<xml><a>${'x'.repeat(1_048_576)}</a></xml>`)).toThrow(XmlError);
    expect(() => readXml('<xml><a>12345</a></xml>', { maxLength: 20 })).toThrow(XmlError);
  });

  test('tells the place in both languages, and nothing of the text', () => {
    expect(() => readXml('<xml><a>secret &what;</a></xml>')).toThrow(
      expect.objectContaining({
        offset: 15,
        text: {
          en: 'The XML cannot be read at character 15: unknown entity.',
          zh: 'XML 在第 15 个字符处无法读取：未知的实体引用。',
        },
      }),
    );
  });

  test.each([
    ['ampersands', (size: number) => `<xml><a>${'&amp;'.repeat(size)}</a></xml>`],
    ['open brackets', (size: number) => `<xml><a>${'<'.repeat(size)}`],
    ['comments', (size: number) => `<xml>${'<!---->'.repeat(size)}</xml>`],
    ['unclosed comments', (size: number) => `<xml>${'<!--'.repeat(size)}`],
    ['CDATA', (size: number) => `<xml><a>${'<![CDATA[]]>'.repeat(size)}</a></xml>`],
    ['blanks', (size: number) => `<xml><a>${' <!---->'.repeat(size)}</a></xml>`],
    ['references', (size: number) => `<xml><a>${'&'.repeat(size)}</a></xml>`],
    ['long names', (size: number) => `<xml><${'a'.repeat(size)}>`],
  ])('takes linear time for %s', timed, (_what, make) => {
    const time = (size: number) => {
      const xml = make(size);
      const start = performance.now();
      const thrown = classThrownBy(() => readXml(xml, { maxLength: Number.POSITIVE_INFINITY }));
      expect(['undefined', XmlError]).toContain(thrown);
      return performance.now() - start;
    };
    // 100,000 in quadratic time would take seconds.
    expect(Math.min(time(100_000), time(100_000))).toBeLessThan(500);
  });

  test('never throws anything but an XmlError', () => {
    const marks =
      '< > / & ; <xml> </xml> <a> </a> <a/> <![CDATA[ ]]> <!-- --> ?> &amp; &# x 中 __proto__';
    const piece = fc.constantFrom('<?xml ', ' ', '\n', '\0', '\ud800', ...marks.split(' '));
    const text = fc.array(fc.oneof(piece, fc.string({ unit: 'binary', maxLength: 3 })));
    fc.assert(
      fc.property(text, (parts) => {
        for (const xml of [parts.join(''), `<xml>${parts.join('')}</xml>`]) {
          expect(['undefined', XmlError]).toContain(classThrownBy(() => readXml(xml)));
        }
      }),
      { numRuns: 2000 },
    );
  });
});

describe('writeXml', () => {
  test('writes texts as CDATA, numbers and booleans bare, lists as siblings', () => {
    const xml = writeXml({ A: 'x', B: 1, C: [{ D: true }, { D: false }], E: undefined, F: '' });
    expect(xml).toBe(
      '<xml><A><![CDATA[x]]></A><B>1</B><C><D>true</D></C><C><D>false</D></C><F><![CDATA[]]></F></xml>',
    );
  });

  test('what it writes is read back, without the characters that XML forbids', () => {
    expect(readXml(writeXml({ a: ']]>]]]>>&<\u0000\u000b\ufffe\ud800中😀\n' }))).toEqual({
      a: ']]>]]]>>&<中😀\n',
    });
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const kept = text.replaceAll(
          /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu,
          '',
        );
        expect(readXml(writeXml({ a: text }))).toEqual({ a: kept });
      }),
    );
  });
});
