import { expect, test } from 'vitest';
import type { Capabilities } from '../../../src/core/puppet-extras.js';
import { capabilityNotes, replyNotes } from '../../../src/runtime/capability-notes.js';
import { callbackRule } from '../../support/callback-rule.js';
import { sampleRule } from '../../support/sample-rule.js';

const nothing: Capabilities = { rooms: false, mention: false, quote: false, tags: false };
const everything: Capabilities = { rooms: true, mention: true, quote: true, tags: true };

const demanding = callbackRule({ name: 'demanding', reply: { quote: true, mention: true } });

test('names each wish that the platform cannot fulfil, in both languages', () => {
  expect(capabilityNotes('wecom', nothing, [demanding])).toEqual([
    {
      en: 'Rule "demanding" wants quoting, it will be imitated as text (wecom).',
      zh: '规则“demanding”需要引用，将以文本模拟（wecom）。',
    },
    {
      en: 'Rule "demanding" wants to mention people, it will be written as text (wecom).',
      zh: '规则“demanding”需要 @ 人，将写成文本（wecom）。',
    },
  ]);
});

test('says nothing of what the platform can, and of rules that are off or silent', () => {
  expect(capabilityNotes('wecom', everything, [demanding])).toEqual([]);
  expect(capabilityNotes('wecom', nothing, [{ ...demanding, enabled: false }])).toEqual([]);
  const silent = { ...demanding, reply: { ...demanding.reply, speak: false } };
  expect(capabilityNotes('wecom', nothing, [silent])).toEqual([]);
});

test('notices rules that can never match without rooms or tags', () => {
  const base = sampleRule({ name: 'rooms' });
  const inRooms = { ...base, trigger: { ...base.trigger, in: ['room' as const] } };
  const tagged = sampleRule({ name: 'tags', users: { tags: [{ kind: 'id', id: 'VIP' }] } });
  const notes = capabilityNotes('wecom', nothing, [inRooms, tagged]);
  expect(notes.map(({ en }) => en)).toEqual([
    'Rule "rooms" is for group chats, it never matches here (wecom).',
    'Rule "tags" asks for tags, nobody has any here (wecom).',
  ]);
});

test('names what answers cannot hold, once for all rules that speak', () => {
  const fileBytes = { min: 6, max: 20 * 1024 * 1024 };
  const lacking: Capabilities = { ...nothing, lacksReplies: ['contact', 'card'], fileBytes };
  const notes = replyNotes('wecom', { ...lacking, oneMessage: true }, [demanding, demanding]);
  expect(notes).toEqual([
    {
      en: 'Only the first message of an answer can be said, what follows is not (wecom).',
      zh: '每个回答只能发送第一条消息，其后的不会发送（wecom）。',
    },
    {
      en: 'Replies of these types are said as text, or left out: contact, card (wecom).',
      zh: '以下类型的回复将改为文本，或略去：contact, card（wecom）。',
    },
    {
      en: 'Files of less than 6 bytes or more than 20 MB are named in words, or left out (wecom).',
      zh: '小于 6 字节或大于 20 MB 的文件将以文字说明，或略去（wecom）。',
    },
  ]);
  const silent = { ...demanding, reply: { ...demanding.reply, speak: false } };
  expect(replyNotes('wecom', lacking, [silent, { ...demanding, enabled: false }])).toEqual([]);
  expect(replyNotes('wecom', nothing, [demanding])).toEqual([]);
});
