import { describe, expect, test } from 'vitest';
import type { Answer, TextPart } from '../../../../src/adapters/wecom-bot/answer/answer.js';
import { mergeInto } from '../../../../src/adapters/wecom-bot/answer/merge-answers.js';
import { newAnswer } from '../../../../src/adapters/wecom-bot/answer/new-answer.js';

function answerWith(more: Partial<Answer>): Answer {
  const conversation = { kind: 'contact', id: 'alice' } as const;
  const question = { id: 'M', userId: 'alice', conversation };
  return newAnswer(question, 'message', { id: 'one-1', askedAt: 0, ...more });
}

const textPart = (text: string, shown: number, key = 'T/0'): TextPart => {
  return { kind: 'text', key, text, isGrowing: true, shown, turn: 1 };
};

const bubble = { number: 2, since: 1000, from: 3 };
const further = () => answerWith({ bubble, parts: [textPart('一二三四五', 4)] });
const ended = () =>
  answerWith({ final: { content: '一二三' }, parts: [textPart('一二三四五', 3)] });

describe('of two screens', () => {
  test('a further bubble holds, whoever knows of it', () => {
    for (const [answer, kept] of [
      [further(), ended()],
      [ended(), further()],
    ] as const) {
      mergeInto(answer, kept);
      expect(answer.bubble).toEqual(bubble);
      expect(answer.final).toBeUndefined();
      expect(answer.parts).toMatchObject([{ shown: 4 }]);
    }
  });

  test('the one that has ended holds, and what only the other showed is still to be said', () => {
    const mine = answerWith({ final: { content: '一' }, parts: [textPart('一二三', 1)] });
    mergeInto(mine, answerWith({ parts: [textPart('一二三', 3), textPart('四', 1, 'U/0')] }));
    expect(mine.parts).toMatchObject([{ shown: 1 }, { shown: 0 }]);
    const open = answerWith({ parts: [textPart('一二三', 3), textPart('四', 1, 'U/0')] });
    mergeInto(open, answerWith({ final: { content: '一' }, parts: [textPart('一二三', 1)] }));
    expect(open).toMatchObject({ final: { content: '一' }, parts: [{ shown: 1 }, { shown: 0 }] });
  });

  test('both of which have ended that holds which others know', () => {
    const answer = answerWith({ final: { content: '一二' }, parts: [textPart('一二三', 2)] });
    mergeInto(answer, answerWith({ final: { content: '一' }, parts: [textPart('一二三', 1)] }));
    expect(answer).toMatchObject({ final: { content: '一' }, parts: [{ shown: 1 }] });
  });

  test('what went out behind the end counts as shown', () => {
    const final = { content: '一' };
    const answer = answerWith({ final, lateCount: 1, parts: [textPart('一二三', 3)] });
    mergeInto(answer, answerWith({ final, parts: [textPart('一二三', 1)] }));
    expect(answer).toMatchObject({ lateCount: 1, parts: [{ shown: 3 }] });
    const other = answerWith({ final, parts: [textPart('一二三', 1)] });
    mergeInto(other, answer);
    expect(other).toMatchObject({ lateCount: 1, parts: [{ shown: 3 }] });
  });

  test('neither of which has ended what either showed is shown', () => {
    const answer = answerWith({ parts: [textPart('一二三', 2), textPart('四', 0, 'U/0')] });
    mergeInto(answer, answerWith({ parts: [textPart('一二三', 1), textPart('四', 1, 'U/0')] }));
    expect(answer.parts).toMatchObject([{ shown: 2 }, { shown: 1 }]);
  });
});
