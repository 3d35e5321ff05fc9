import { describe, expect, test } from 'vitest';
import { maskPersonal, partPersonal, withoutPersonal } from '../../../src/core/personal-data.js';
import { sampleTask } from '../../support/sample-task.js';

const person = {
  userId: 'u-1',
  name: 'xiaoming',
  displayName: '小明',
  portrait: 'http://x/p.png',
  gender: 1,
  mobile: '13800000000',
  email: 'ming@example.com',
  address: '北京',
  company: '公司',
  social: '社交',
  extra: '{"card":"110"}',
  type: 0,
};
const told = { userId: 'u-1', type: '0' };
const variables = Object.fromEntries(
  Object.entries(person).map(([name, value]) => [name, String(value)]),
);

describe('what a platform event tells of a person', () => {
  test('is apart, and masked in the whole', () => {
    const raw = JSON.stringify(person);
    const parted = partPersonal('wildfire:user.info', { ...variables, raw });
    const { raw: shown = '', ...open } = parted.variables;
    expect(open).toEqual(told);
    for (const value of [
      'xiaoming',
      '小明',
      '138',
      'ming@',
      '北京',
      '公司',
      '社交',
      '110',
      'p.png',
    ]) {
      expect(shown).not.toContain(value);
    }
    expect(JSON.parse(shown)).toMatchObject({
      userId: 'u-1',
      type: 0,
      mobile: '***',
      email: '***',
    });
    const { userId: _, type: __, ...personal } = variables;
    expect(parted.personal).toEqual({ ...personal, raw });
  });

  test.each<[string, string, string, boolean]>([
    ['wildfire:user.online', 'clientId', 'a-device', true],
    ['wildfire:user.relation', 'value', '王总（大客户）', true],
    ['wildfire:user.relation', 'value', '1', false],
    ['wildfire:group.member', 'value', '群里的小明', true],
    ['wildfire:group.info', 'groupInfo.name', '产品群', false],
    ['wildfire:message', 'senderUserInfo.mobile', '13800000000', true],
    ['openim:callbackAfterUpdateUserInfoCommand', 'nickName', '小明', true],
    ['openim:callbackAfterUpdateUserInfoCommand', 'faceURL', 'http://x/p.png', true],
    ['openim:callbackAfterSetGroupInfoCommand', 'faceURL', 'http://x/group.png', false],
    ['openim:callbackBeforeSendSingleMsgCommand', 'senderNickname', '小明', true],
    ['openim:callbackAfterSetFriendRemarkCommand', 'remark', '王总', true],
    ['openim:unheardOf', 'phoneNumber', '13800000000', true],
    ['wecom:change_contact/create_user', 'Mobile', '13800000000', true],
    ['wecom:change_contact/update_user', 'BizMail', 'a@b.c', true],
    ['wecom:change_contact/update_user', 'Department', '1,2', false],
    ['wecom:change_contact/create_party', 'Name', '研发部', false],
    ['wecom:LOCATION', 'Latitude', '39.9', true],
    ['wecom:location_select', 'SendLocationInfo.Label', '北京', true],
    ['wecomBot:feedback_event', 'userid', 'ming', false],
  ])('in %s: %s', (event, name, value, isPersonal) => {
    const parts = name.split('.').toReversed();
    const raw = JSON.stringify(parts.reduce<unknown>((inner, part) => ({ [part]: inner }), value));
    const parted = partPersonal(event, { [name]: value, raw });
    expect(parted.variables['raw']?.includes(value)).toBe(!isPersonal);
    expect(parted.variables[name]).toBe(isPersonal ? undefined : value);
    expect(parted.personal).toEqual(isPersonal ? { [name]: value, raw } : undefined);
  });

  test('leaves all else as it came, to the last character', () => {
    const raw = '{"groupId": "g",  "seq": 12345678901234567890}';
    expect(partPersonal('wildfire:group.info', { raw })).toEqual({ variables: { raw } });
    expect(partPersonal('room-join', { mobile: '1' })).toEqual({ variables: { mobile: '1' } });
  });

  test('is hidden where the whole cannot be read', () => {
    const { variables: open } = partPersonal('wildfire:user.info', { raw: '{"mobile":"138' });
    expect(open).toEqual({ raw: '***' });
  });
});

test('a task is shown without it, also one that was kept by an earlier version', () => {
  const raw = JSON.stringify(person);
  const request = { question: '', userId: 'u-1', isSelf: false, variables: { ...variables, raw } };
  const task = sampleTask({ event: 'wildfire:user.info', request });
  const shown = withoutPersonal(task).request.variables ?? {};
  expect(shown).toMatchObject({ ...told, mobile: '***', name: '***' });
  expect(shown['raw']).not.toContain('138');
  expect(task.request.variables?.['mobile']).toBe('13800000000');
  expect(maskPersonal('message', { mobile: '1' })).toEqual({ mobile: '1' });
});
