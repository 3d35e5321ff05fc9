import type { Task } from '../../src/core/task.js';

/** A task as the bot makes it; say only what matters to the test. */
export function sampleTask(task: Partial<Task> = {}): Task {
  return {
    id: 'task-1',
    botId: 'wxid_bot',
    lane: 'wxid_bot:room-1:wxid_alice',
    rule: 'subscribe',
    event: 'message',
    eventId: 'event-1',
    conversation: { kind: 'room', id: 'room-1' },
    request: {
      question: '订阅 周报 📰 \ud83d',
      userId: 'wxid_alice',
      isSelf: false,
      variables: { city: '广州' },
    },
    arrivedAt: Date.UTC(2026, 0, 1),
    ...task,
  };
}
