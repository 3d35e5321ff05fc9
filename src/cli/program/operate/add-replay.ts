import type { Command } from 'commander';
import { type ReplayOptions, replayCommand } from '../../operate/replay.js';
import type { Wiring } from '../create-program.js';
import { withChoice, withConfig } from './common-options.js';

/** Adds `replay`. */
export function addReplay(program: Command, wiring: Wiring): void {
  const { io, common, say, done } = wiring;
  const command = program
    .command('replay')
    .summary(say({ en: 'run settled tasks again', zh: '重新执行已结束的任务' }))
    .description(
      say({
        en: 'Runs settled tasks again, as if they had just arrived: the receiver is called\nwith the same webhook-id, and the answer is said. With --all: those that\nfailed (dead), unless --state says otherwise.',
        zh: '重新执行已结束的任务，如同刚刚到达：以相同的 webhook-id 调用接收端，并发送回答。\n--all 默认只包括失败（dead）的任务，可用 --state 更改。',
      }),
    )
    .usage(say({ en: '[options] <id…> | --all', zh: '[选项] <ID…> | --all' }))
    .argument('[id...]', say({ en: 'ids of tasks', zh: '任务 ID' }))
    .option('--all', say({ en: 'all tasks that are chosen', zh: '所选的全部任务' }));
  withConfig(withChoice(command, wiring), wiring).action(
    async (ids: readonly string[], options: Omit<ReplayOptions, 'ids'>) => {
      done(await replayCommand({ ...common, ...options, ids }, io));
    },
  );
}
