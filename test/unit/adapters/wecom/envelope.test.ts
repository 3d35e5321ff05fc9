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
      { form: 'xml', agentId: '218' },
    ],
    [
      'XML with a declaration, in lines',
      '\uFEFF\n<?xml version="1.0"?>\n<xml>\n<Encrypt>\n<![CDATA[a+/=]]>\n</Encrypt><ToUserName>ww1</ToUserName></xml>',
      { form: 'xml', agentId: '' },
    ],
    [
      'JSON in lower case',
      ' {"tousername":"ww1","encrypt":"a+/=","agentid":"218"}',
      { form: 'json', agentId: '218' },
    ],
    [
      'JSON in capitals, with a number',
      '\uFEFF{"ToUserName":"ww1","Encrypt":"a+/=","AgentID":218}',
      { form: 'json', agentId: '218' },
    ],
  ])('reads %s', (_what, body, expected) => {
    expect(readEnvelope(body)).toEqual({ encrypt: 'a+/=', toUserName: 'ww1', ...expected });
  });

  test.each([
    ['nothing', ''],
    ['a document that is not encrypted', '<xml><MsgType>text</MsgType><Content>hi</Content></xml>'],
    ['an empty Encrypt', '<xml><Encrypt></Encrypt></xml>'],
    ['an Encrypt with children', '<xml><Encrypt><a/></Encrypt></xml>'],
    ['two Encrypts', '<xml><Encrypt>a</Encrypt><Encrypt>b</Encrypt></xml>'],
    ['JSON that is not encrypted', '{"MsgType":"text"}'],
    ['a JSON list', '[{"encrypt":"a"}]'],
    ['broken JSON', '{"encrypt":"a"'],
    ['JSON too deep', `{"a":${'{"a":'.repeat(40)}1${'}'.repeat(40)},"encrypt":"a"}`],
    ['JSON far too deep', `{"a":${'['.repeat(100_000)}`],
    ['a form', 'encrypt=a'],
    ['XML with a DOCTYPE', '<!DOCTYPE xml><xml><Encrypt>a</Encrypt></xml>'],
    ['too much', `<xml><Encrypt>${'a'.repeat(1_048_576)}</Encrypt></xml>`],
    ['too much JSON', `{"encrypt":"${'a'.repeat(1_048_576)}"}`],
  ])('refuses %s', (_what, body) => {
    expect(() => readEnvelope(body)).toThrow(
      expect.objectContaining({ name: 'WeComRefusal', errcode: -40002 }),
    );
  });

  test('quotes nothing of a body that it cannot read', () => {
    for (const body of ['{"secret-1": secret-2}', '<xml><a>&secret-3;</a></xml>']) {
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
