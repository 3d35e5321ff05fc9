import type { Condition } from './condition.js';
import { headConditions } from './head-conditions.js';
import { keywordsCondition, mentionCondition } from './message-conditions.js';
import { timeConditions } from './time-conditions.js';
import { userConditions } from './user-conditions.js';

/** Every condition of a rule, in the order in which they are asked and explained. */
export const conditions: readonly Condition[] = [
  ...headConditions,
  ...userConditions,
  mentionCondition,
  keywordsCondition,
  ...timeConditions,
];
