/**
 * What the console's page and its API say to each other. Both sides import this file and nothing
 * else of one another.
 *
 * JSON both ways, times in ms since 1970, texts for people in both languages. Every path begins
 * with `apiPath`; the session is a cookie the page never sees. Everything but `POST /login` answers
 * 401 without one.
 */
import type { Nothing, Page } from './contract/common.js';
import type {
  ChartQuery,
  Charts,
  DirectoryPage,
  DirectoryQuery,
  HealthOverview,
  SelfTest,
} from './contract/health.js';
import type { EventDetail, EventListQuery, EventRow } from './contract/live.js';
import type {
  ChangesBody,
  Plan,
  RuleDetail,
  RuleList,
  RuleListQuery,
  RuleSchema,
  Saved,
} from './contract/rules.js';
import type { LoginBody, PasswordBody, Session } from './contract/session.js';
import type {
  DeadLetters,
  TaskActionBody,
  TaskActionDone,
  TaskDetail,
  TaskListQuery,
  TaskResolveBody,
  TaskRow,
} from './contract/tasks.js';
import type {
  ChatBody,
  ChatLine,
  ChatPlaces,
  Trial,
  TrialBody,
  TrialCall,
  TrialCallBody,
} from './contract/trial.js';

export * from './contract/common.js';
export * from './contract/health.js';
export * from './contract/live.js';
export * from './contract/rules.js';
export * from './contract/session.js';
export * from './contract/tasks.js';
export * from './contract/trial.js';

interface TextQuery {
  /** `1`: with the text, also with `console.private`. */
  readonly text?: '0' | '1';
}

/** Every request but `GET /live`, by method and path: what goes in and what comes back. */
export interface Endpoints {
  'POST /login': { body: LoginBody; answer: Session };
  'POST /logout': { answer: Nothing };
  'POST /password': { body: PasswordBody; answer: Nothing };
  'GET /session': { answer: Session };

  'GET /rules': { query: RuleListQuery; answer: RuleList };
  'GET /rules/:name': { params: { name: string }; answer: RuleDetail };
  'GET /schema/rule': { answer: RuleSchema };
  'POST /rules/plan': { body: ChangesBody; answer: Plan };
  'POST /rules/save': { body: ChangesBody; answer: Saved };
  'POST /rules/undo': { body: { readonly edition: string }; answer: Saved };
  'GET /directory/:kind': {
    params: { kind: 'contacts' | 'rooms' | 'tags' };
    query: DirectoryQuery;
    answer: DirectoryPage;
  };

  'POST /try': { body: TrialBody; answer: Trial };
  'POST /try/call': { body: TrialCallBody; answer: TrialCall };
  'GET /chat': { answer: ChatPlaces };
  'GET /chat/:id': { params: { id: string }; answer: ChatLine };
  'POST /chat': { body: ChatBody; answer: Nothing };

  'GET /events': { query: EventListQuery; answer: Page<EventRow> };
  'GET /events/:id': { params: { id: string }; query: TextQuery; answer: EventDetail };

  'GET /tasks': { query: TaskListQuery; answer: Page<TaskRow> };
  'GET /tasks/:id': { params: { id: string }; query: TextQuery; answer: TaskDetail };
  'POST /tasks/replay': { body: TaskActionBody; answer: TaskActionDone };
  'POST /tasks/discard': { body: TaskActionBody; answer: TaskActionDone };
  'POST /tasks/resolve': { body: TaskResolveBody; answer: TaskActionDone };
  'GET /dead-letters': { answer: DeadLetters };

  'GET /health': { answer: HealthOverview };
  'GET /charts': { query: ChartQuery; answer: Charts };
  'POST /bots/:key/self-test': { params: { key: string }; answer: SelfTest };
}
