import type { Clock } from '../../core/clock.js';
import type { Task } from '../../core/task.js';

/** The right to say an answer in a chat, part by part. */
export interface ChatTurn {
  /**
   * Has everybody else wait until `until` (ms since 1970) after `leave`: the answer is said in part,
   * and its task comes back for the rest. Resolves when all know: the task must not be given back
   * before. Never rejects.
   */
  keep(until: number): Promise<Kept>;
  /**
   * Lets a task go first that stands in line behind this one, and resolves when it is this one's turn
   * again, or when `signal` is aborted: then it never is. Resolves with whether there was such a task.
   */
  letPass(taskId: string, signal: AbortSignal): Promise<boolean>;
  /** The next may speak. Once only; further calls do nothing. */
  leave(): void;
}

/** A chat that is kept for a task. */
export interface Kept {
  /** The task has not come back yet, and the time is not over. */
  isKept(): boolean;
  /** Nobody need wait any longer. */
  end(): void;
}

/** Lets one answer at a time be said in each chat, so that the parts of two never mix. */
export interface ChatTurns {
  /**
   * Resolves when it is the task's turn, in the order of asking, and at once when `signal` is
   * aborted: then nothing may be said.
   */
  take(task: Task, signal: AbortSignal): Promise<ChatTurn>;
}

interface Waiting {
  readonly taskId: string;
  readonly go: () => void;
}

interface Chat {
  isTaken: boolean;
  /** Whose answer is said in part, and ends the wait for it. */
  kept: { readonly taskId: string; readonly end: AbortController } | undefined;
  waiting: Waiting[];
}

/** Turns for the chats of all bots of one program; nobody speaks yet. */
export function createChatTurns(clock: Clock): ChatTurns {
  return new TurnsByChat(clock);
}

class TurnsByChat implements ChatTurns {
  readonly #clock: Clock;
  /** Those in which somebody speaks or is to go on. */
  readonly #chats = new Map<string, Chat>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  async take(task: Task, signal: AbortSignal): Promise<ChatTurn> {
    const { botId, conversation } = task;
    const key = JSON.stringify([botId, conversation?.kind, conversation?.id]);
    const chat = this.#chats.get(key) ?? { isTaken: false, kept: undefined, waiting: [] };
    this.#chats.set(key, chat);
    if (!mayEnter(chat, task.id) && !(await standInLine(chat, task.id, signal))) return noTurn;
    chat.isTaken = true;
    chat.kept?.end.abort();
    chat.kept = undefined;
    let isOver = false;
    return {
      keep: async (until) => {
        const kept = { taskId: task.id, end: new AbortController() };
        chat.kept = kept;
        void this.#keep(key, chat, until, kept.end.signal);
        const isKept = () => chat.kept === kept;
        return {
          isKept,
          end: () => {
            if (!isKept()) return;
            kept.end.abort();
            this.#release(key, chat);
          },
        };
      },
      letPass: async (taskId, waiting) => {
        const other = chat.waiting.find((one) => one.taskId === taskId);
        if (isOver || other === undefined) return false;
        chat.waiting = chat.waiting.filter((one) => one !== other);
        other.go();
        isOver = !(await standInLine(chat, task.id, waiting, 'first'));
        return true;
      },
      leave: () => {
        if (isOver) return;
        isOver = true;
        chat.isTaken = false;
        this.#callNext(key, chat);
      },
    };
  }

  async #keep(key: string, chat: Chat, until: number, signal: AbortSignal): Promise<void> {
    try {
      await this.#clock.sleep(Math.max(0, until - this.#clock.now()), signal, { ref: false });
    } catch {
      // The task has come back, or has ended elsewhere.
      return;
    }
    this.#release(key, chat);
  }

  #release(key: string, chat: Chat): void {
    chat.kept = undefined;
    this.#callNext(key, chat);
  }

  #callNext(key: string, chat: Chat): void {
    const next = chat.waiting.find(({ taskId }) => mayEnter(chat, taskId));
    if (next) {
      chat.waiting = chat.waiting.filter((one) => one !== next);
      chat.isTaken = true;
      next.go();
    } else if (!chat.isTaken && !chat.kept) {
      this.#chats.delete(key);
    }
  }
}

const nothingKept: Kept = { isKept: () => false, end: () => {} };
const noTurn: ChatTurn = {
  keep: async () => nothingKept,
  letPass: async () => false,
  leave: () => {},
};

function mayEnter({ isTaken, kept }: Chat, taskId: string): boolean {
  return !isTaken && (kept === undefined || kept.taskId === taskId);
}

/** Resolves with whether it was called; false: the signal was aborted first. */
function standInLine(
  chat: Chat,
  taskId: string,
  signal: AbortSignal,
  place: 'first' | 'last' = 'last',
): Promise<boolean> {
  return new Promise((resolve) => {
    const giveUp = () => {
      chat.waiting = chat.waiting.filter((one) => one !== waiting);
      resolve(false);
    };
    const waiting: Waiting = {
      taskId,
      go: () => {
        signal.removeEventListener('abort', giveUp);
        resolve(true);
      },
    };
    if (signal.aborted) return resolve(false);
    signal.addEventListener('abort', giveUp, { once: true });
    chat.waiting = place === 'first' ? [waiting, ...chat.waiting] : [...chat.waiting, waiting];
  });
}
