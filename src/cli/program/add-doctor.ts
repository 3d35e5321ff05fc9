import type { Command } from 'commander';
import type { DoctorOptions } from '../doctor/doctor.js';
import type { Wiring } from './create-program.js';

/** Adds `doctor`. */
export function addDoctor(program: Command, { io, common, say, done }: Wiring): void {
  program
    .command('doctor')
    .summary(say({ en: 'test a receiver', zh: '检查接收端' }))
    .description(
      say({
        en: 'Sends tasks of every kind to a receiver, and says what it does wrong and why.\nThe tasks are marked: their userId is wechaty-callback-doctor.',
        zh: '向接收端发送各种任务，指出哪里不对及可能的原因。\n这些任务的 userId 均为 wechaty-callback-doctor。',
      }),
    )
    .usage(say({ en: '[options] <url>', zh: '[选项] <地址>' }))
    .argument(
      say({ en: '<url>', zh: '<地址>' }),
      say({ en: 'the callback.url of a rule', zh: '规则中的 callback.url' }),
    )
    .option(
      say({ en: '--secret <secret>', zh: '--secret <密钥>' }),
      say({ en: 'sign with it, as callback.secret', zh: '用它签名，同 callback.secret' }),
    )
    .option(
      say({ en: '--api-key <key>', zh: '--api-key <密钥>' }),
      say({ en: 'send it, as callback.apiKey', zh: '随请求发送，同 callback.apiKey' }),
    )
    .option(
      say({ en: '--timeout <duration>', zh: '--timeout <时长>' }),
      say({ en: 'for each call; default: 30s', zh: '每次调用的时限；默认 30s' }),
    )
    .action(async (url: string, options: Omit<DoctorOptions, 'url'>) => {
      // The only command that needs an HTTP client, which takes its time to load.
      const { doctorCommand } = await import('../doctor/doctor.js');
      done(await doctorCommand({ ...common, ...options, url }, io));
    });
}
