import type { WechatyInterface } from 'wechaty/impls';
import { BotWatch } from '../../alerts/watch/watch-bot.js';
import type { AlertPort } from '../../core/alert.js';
import type { Clock } from '../../core/clock.js';
import { insideTask } from '../../core/task-scope.js';
import type { BotBoard, BotNotes } from '../console/bot-board.js';

/** `Waiting` and `Timeout` of Wechaty's `ScanStatus`: the code is to be scanned. */
const unscanned = new Set<number>([2, 5]);

/** The same board; each bot that is entered is watched, for alerts. */
export function watchedBoard(board: BotBoard, port: AlertPort, clock: Clock): BotBoard {
  let entered = 0;
  return {
    list: () => board.list(),
    get onChange() {
      return board.onChange;
    },
    set onChange(listener) {
      board.onChange = listener;
    },
    enter: (bot) => {
      entered += 1;
      const watch = new BotWatch({ port, clock, alias: `bot ${entered}` });
      return watchedNotes(board.enter(bot), watch, listen(bot, watch));
    },
  };
}

function watchedNotes(notes: BotNotes, watch: BotWatch, stopListening: () => void): BotNotes {
  return {
    ...notes,
    uses: (platform, extras) => {
      notes.uses(platform, extras);
      watch.uses(platform);
    },
    cameOnline: (id, name) => {
      notes.cameOnline(id, name);
      watch.online({ id, name });
    },
    troubled: (error) => {
      notes.troubled(error);
      // An error inside a task is recorded with the task.
      if (!insideTask()) watch.troubled(error);
    },
    left: () => {
      notes.left();
      stopListening();
      watch.left();
    },
  };
}

/** Listens to events of the bot that the board does not need; the bot is expected from now on. */
function listen(bot: WechatyInterface, watch: BotWatch): () => void {
  const onStart = () => watch.started();
  const onStop = () => watch.left();
  const onLogout = () => watch.loggedOut();
  const onScan = (qrcode: string, status: number) => {
    if (qrcode !== '' && unscanned.has(status)) watch.wantsScan(qrcode);
  };
  bot.on('start', onStart).on('stop', onStop).on('logout', onLogout).on('scan', onScan);
  watch.started();
  return () => {
    bot.off('start', onStart).off('stop', onStop).off('logout', onLogout).off('scan', onScan);
  };
}
