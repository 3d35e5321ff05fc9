import type { Command } from 'commander';
import type { DoctorOptions } from '../doctor/doctor.js';
import { UsageError } from '../report/usage-error.js';
import type { Wiring } from './create-program.js';
import { withConfig } from './operate/common-options.js';

type Options = Omit<DoctorOptions, 'url'> & { readonly adapter?: string; readonly config?: string };

/** Adds `doctor`. */
export function addDoctor(program: Command, wiring: Wiring): void {
  const { io, common, say, done } = wiring;
  const command = program
    .command('doctor')
    .summary(say({ en: 'test a receiver, or an adapter', zh: '检查接收端或适配器' }))
    .description(
      say({
        en: 'Sends tasks of every kind to a receiver, and says what it does wrong and why.\nThe tasks are marked: their userId is wechaty-callback-doctor.\nWith --adapter it asks the platform whether the settings of an adapter are right.',
        zh: '向接收端发送各种任务，指出哪里不对及可能的原因。\n这些任务的 userId 均为 wechaty-callback-doctor。\n用 --adapter 则向平台核对某个适配器的配置。',
      }),
    )
    .usage(
      say({ en: '[options] <url> | --adapter <name>', zh: '[选项] <地址> | --adapter <名称>' }),
    )
    .argument(
      say({ en: '[url]', zh: '[地址]' }),
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
    .option(
      say({ en: '--adapter <name>', zh: '--adapter <名称>' }),
      say({ en: 'test this adapter of the rules file', zh: '检查规则文件中的此适配器' }),
    );
  withConfig(command, wiring).action(async (url: string | undefined, options: Options) => {
    const { adapter, ...others } = options;
    if ((url === undefined) === (adapter === undefined)) throw new UsageError(oneOfThem);
    // What these need takes its time to load, and no other command needs it.
    if (adapter !== undefined) {
      const { adapterDoctorCommand } = await import('../doctor/adapter-doctor.js');
      return done(await adapterDoctorCommand({ ...common, ...others, adapter }, io));
    }
    const { doctorCommand } = await import('../doctor/doctor.js');
    done(await doctorCommand({ ...common, ...others, url: url ?? '' }, io));
  });
}

const oneOfThem = {
  en: 'Name the URL of a receiver, or an adapter with --adapter: one of them.',
  zh: '请给出接收端地址，或用 --adapter 指定适配器，二者择一。',
};
