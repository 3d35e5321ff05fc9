import type { Question } from '../decoded.js';
import type { Answer } from './answer.js';

/** What is known of an answer when it begins. */
type Begun = Pick<Answer, 'id' | 'askedAt'> & Partial<Answer>;

/** An answer in which nothing has been said yet. */
export function newAnswer(question: Question, to: Answer['to'], begun: Begun): Answer {
  const { id, userId, conversation, responseUrl } = question;
  return {
    eventIds: [id],
    to,
    userId,
    conversationId: conversation.id,
    isGroup: conversation.kind === 'room',
    ...(responseUrl !== undefined && { responseUrl }),
    parts: [],
    isComplete: false,
    isStreamed: false,
    isUrlUsed: false,
    ...begun,
  };
}
