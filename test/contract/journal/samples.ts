import type { AttemptRecord, TaskResponse } from '../../../src/core/task.js';

/** Two replies, one of them no text. */
export const response: TaskResponse = {
  replies: [
    { type: 'text', text: '好的 👌 \udc4c' },
    { type: 'link', url: 'https://example.com/周报', title: '周报' },
  ],
};

/** A call that went well. */
export const attempt: AttemptRecord = { startedAt: 1_764_572_000_000, durationMs: 12, status: 200 };

/** A call that came to nothing. */
export const failedAttempt: AttemptRecord = {
  startedAt: 1_764_572_000_000,
  durationMs: 5,
  reason: '503',
};
