import { describe, expect, test } from 'vitest';
import type { Speaker } from '../../../src/core/speaker.js';
import { createAttendance } from '../../../src/runtime/attendance.js';
import { createBots } from '../../../src/runtime/bots.js';
import { notingSpeaker } from '../../support/running-delivery.js';

function attachedBot(id: () => string) {
  return { botId: id, detach: () => {}, leave: () => {} };
}

describe('the attendance', () => {
  test('expects a bot from its attachment to its detachment, logged in or not', () => {
    const bots = createBots(() => {});
    const attendance = createAttendance(bots);
    let id = '';
    const attachment = attendance.expect(attachedBot(() => id));
    expect(attendance.count()).toEqual({ expected: 1, online: 0 });
    const speaker: Speaker = notingSpeaker();
    id = 'bot-1';
    bots.add(id, speaker);
    expect(attendance.count()).toEqual({ expected: 1, online: 1 });
    bots.remove(id, speaker);
    expect(attendance.count()).toEqual({ expected: 1, online: 0 });
    attachment.detach();
    expect(attendance.count()).toEqual({ expected: 0, online: 0 });
  });
});
