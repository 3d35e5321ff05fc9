import { describe, expect, test } from 'vitest';
import {
  createWeComCrypt,
  WeComRefusal,
} from '../../../../src/adapters/shared/wecom-crypt/index.js';
import {
  contentTypes,
  readEnvelope,
  writeEnvelope,
} from '../../../../src/adapters/wecom/envelope.js';
import { thrownBy } from '../../../support/thrown-by.js';

describe('readEnvelope', () => {
  test.each([
    [
      'XML',
      '<xml><ToUserName><![CDATA[ww1]]></ToUserName><AgentID><![CDATA[218]]></AgentID><Encrypt><![CDATA[a+/=]]></Encrypt></xml>',
      'xml',
    ],
    [
      'XML with a declaration, in lines',
      '\uFEFF\n<?xml version="1.0"?>\n<xml>\n<Encrypt>\n<![CDATA[a+/=]]>\n</Encrypt><ToUserName>ww1</ToUserName></xml>',
      'xml',
    ],
    ['JSON in lower case', ' {"tousername":"ww1","encrypt":"a+/=","agentid":"218"}', 'json'],
    [
      'JSON in capitals, with a number',
      '\uFEFF{"ToUserName":"ww1","Encrypt":"a+/=","AgentID":218}',
      'json',
    ],
  ])('reads %s', (_what, body, form) => {
    expect(readEnvelope(body)).toEqual({ encrypt: 'a+/=', form });
  });

  test.each([
    ['nothing', ''],
    ['a document that is not encrypted', '<xml><MsgType>text</MsgType><Content>hi</Content></xml>'],
    ['an empty Encrypt', '<xml><Encrypt></Encrypt></xml>'],
    ['an Encrypt with children', '<xml><Encrypt><a/></Encrypt></xml>'],
    ['JSON that is not encrypted', '{"MsgType":"text"}'],
    ['a JSON list', '[{"encrypt":"a"}]'],
    ['an encrypt that is no text', '{"encrypt":1}'],
    ['an encrypt that ends nowhere', '{"encrypt":"a'],
    ['a text that quotes one', '{"a":"\\"encrypt\\":\\"b\\""}'],
    ['JSON far too deep', `{"a":${'['.repeat(100_000)}`],
    ['a form', 'encrypt=a'],
    ['XML that only begins one', '<xml><Encrypt><![CDATA[a</Encrypt></xml>'],
  ])('refuses %s', (_what, body) => {
    expect(() => readEnvelope(body)).toThrow(
      expect.objectContaining({ name: 'WeComRefusal', errcode: -40002 }),
    );
  });

  test.each([
    ['elements that nest without end', `<xml>${'<a>'.repeat(100)}<Encrypt>a</Encrypt>`],
    ['a DOCTYPE', '<!DOCTYPE xml><xml><Encrypt>a</Encrypt></xml>'],
    ['a second ciphertext', '<xml><Encrypt>a</Encrypt><Encrypt>b</Encrypt></xml>'],
    ['broken JSON', '{"encrypt":"a","b'],
    ['JSON that is too deep', `{"a":${'['.repeat(100_000)},"encrypt":"a"`],
    ['escapes in JSON', '{"encrypt":"\\u0061"}'],
  ])('reads nothing but the ciphertext: %s', (_what, body) => {
    expect(readEnvelope(body).encrypt).toBe('a');
  });

  test('quotes nothing of a body that it cannot read', () => {
    for (const body of ['{"encrypt": secret-2}', '<xml><Encrypt>secret-3</xml>']) {
      const error = thrownBy(() => readEnvelope(body));
      expect(error).toBeInstanceOf(WeComRefusal);
      const { message, cause } = error as WeComRefusal;
      expect(`${message} ${String(cause)}`).not.toContain('secret');
    }
  });
});

describe('writeEnvelope', () => {
  const sealed = {
    encrypt: 'a+/=',
    signature: 'f00',
    timestamp: '1409659813',
    nonce: '1372623149',
  };

  test('spells XML as page 90930 does', () => {
    expect(writeEnvelope(sealed, 'xml')).toBe(
      '<xml><Encrypt><![CDATA[a+/=]]></Encrypt><MsgSignature><![CDATA[f00]]></MsgSignature><TimeStamp>1409659813</TimeStamp><Nonce><![CDATA[1372623149]]></Nonce></xml>',
    );
  });

  test('spells JSON in lower case', () => {
    expect(JSON.parse(writeEnvelope(sealed, 'json'))).toEqual({
      encrypt: 'a+/=',
      msgsignature: 'f00',
      timestamp: '1409659813',
      nonce: '1372623149',
    });
  });

  test('says what it has written', () => {
    expect(contentTypes.xml).toMatch(/^application\/xml;/u);
    expect(contentTypes.json).toMatch(/^application\/json;/u);
  });

  test.each(['xml', 'json'] as const)('what it writes as %s is read back', (form) => {
    const crypt = createWeComCrypt({
      token: 't',
      encodingAesKey: 'k'.repeat(43),
      receiveId: 'ww1',
    });
    const { encrypt } = readEnvelope(writeEnvelope(crypt.seal('你好', sealed), form));
    expect(crypt.decrypt(encrypt)).toBe('你好');
  });
});
