import { describe, expect, it } from 'vitest';
import { acknowledged, allowed, refused } from '../../../../src/adapters/openim/answer.js';
import { parseDocument } from '../../../../src/adapters/openim/schema/index.js';
import { type CallbackName, callbackBodies } from '../../../support/openim-callbacks.js';

function documentOf(name: CallbackName, changes: Readonly<Record<string, unknown>> = {}) {
  return parseDocument(name, { ...callbackBodies[name], ...changes });
}

function answered(name: CallbackName, changes: Readonly<Record<string, unknown>>, text?: string) {
  return JSON.parse(allowed(documentOf(name, changes), text).body) as Record<string, unknown>;
}

const modify = 'callbackBeforeMsgModifyCommand';
const zeros = { actionCode: 0, errCode: 0, errMsg: '', errDlt: '', nextCode: 0 };

describe('an acknowledgement', () => {
  it('is what the documentation shows', () => {
    expect(acknowledged).toEqual({
      status: 200,
      contentType: 'application/json; charset=utf-8',
      body: '{"actionCode":0,"errCode":0,"errMsg":"","errDlt":"","nextCode":0}',
    });
  });
});

describe('a refusal', () => {
  it('has the codes that every server takes for no, and the reason for the sender', () => {
    expect(JSON.parse(refused('不能这样说 <b>').body)).toEqual({
      actionCode: 0,
      errCode: 5001,
      errMsg: '不能这样说 <b>',
      errDlt: '不能这样说 <b>',
      nextCode: 1,
    });
    expect(JSON.parse(refused('x', 9999).body)).toMatchObject({ errCode: 9999 });
  });

  it.each([0, 1, 14, 4999, 10_000, 5000.5, Number.NaN])('never has the code %s', (code) => {
    expect(JSON.parse(refused('x', code).body)).toMatchObject({ errCode: 5001 });
  });
});

describe('an answer to a changed group', () => {
  it('gives the old command back what it would overwrite', () => {
    expect(answered('callbackBeforeSetGroupInfoCommand', {})).toEqual({
      ...zeros,
      groupID: 'g1',
      groupName: '新群名',
      faceURL: 'f',
      introduction: 'i',
    });
  });

  it('gives the new command back all that it changes', () => {
    expect(answered('callbackBeforeSetGroupInfoExCommand', { ex: '', lookMemberInfo: 0 })).toEqual({
      ...zeros,
      groupID: 'g1',
      groupName: '新群名',
      ex: '',
      needVerification: 2,
      lookMemberInfo: 0,
    });
  });
});

describe('another text', () => {
  it('replaces the old one in its document', () => {
    expect(answered(modify, {}, '改过的 "文本"')).toEqual({
      ...zeros,
      content: '{"content":"改过的 \\"文本\\""}',
    });
    const content = '{"text":"a","atUserList":["bot"],"isAtSelf":false}';
    expect(answered(modify, { contentType: 106, content }, 'b')['content']).toBe(
      '{"text":"b","atUserList":["bot"],"isAtSelf":false}',
    );
  });

  it('makes a document of what was none', () => {
    expect(answered(modify, { content: 'plain' }, 'b')['content']).toBe('{"content":"b"}');
  });

  it('has no effect on what is no text and on commands that cannot rewrite', () => {
    expect(answered(modify, { contentType: 102, content: '{}' }, 'b')).toEqual(zeros);
    expect(answered(modify, {})).toEqual(zeros);
    expect(answered('callbackBeforeSendSingleMsgCommand', {}, 'b')).toEqual(zeros);
  });

  it('never answers with what breaks a server', () => {
    const offline = answered('callbackBeforeOfflinePushCommand', {}, 'b');
    expect(offline).not.toHaveProperty('offlinePushInfo');
    expect(answered('callbackBeforeUpdateUserInfoExCommand', {}, 'b')).toEqual(zeros);
  });
});
