import type { Command } from 'commander';
import type { DoctorOptions } from '../doctor/doctor.js';
import { UsageError } from '../report/usage-error.js';
import type { Wiring } from './create-program.js';
import { withConfig } from './operate/common-options.js';

type Options = Omit<DoctorOptions, 'url'> & {
  readonly adapter?: string;
  readonly alerts?: boolean;
  readonly server?: boolean;
  readonly config?: string;
};

/** Adds `doctor`. */
export function addDoctor(program: Command, wiring: Wiring): void {
  const { io, common, done } = wiring;
  const command = withSubjects(described(program.command('doctor'), wiring), wiring);
  withConfig(command, wiring).action(async (url: string | undefined, options: Options) => {
    const { adapter, alerts, server, ...others } = options;
    if ([url, adapter, alerts, server].filter((one) => one !== undefined).length !== 1) {
      throw new UsageError(oneOfThem);
    }
    // What these need takes its time to load, and no other command needs it.
    if (adapter !== undefined) {
      const { adapterDoctorCommand } = await import('../doctor/adapter-doctor.js');
      return done(await adapterDoctorCommand({ ...common, ...others, adapter }, io));
    }
    if (alerts !== undefined) {
      const { alertsDoctorCommand } = await import('../doctor/alerts-doctor.js');
      return done(await alertsDoctorCommand({ ...common, ...others }, io));
    }
    if (server !== undefined) {
      const { serverDoctorCommand } = await import('../doctor/server-doctor.js');
      return done(await serverDoctorCommand({ ...common, ...others }, io));
    }
    const { doctorCommand } = await import('../doctor/doctor.js');
    done(await doctorCommand({ ...common, ...others, url: url ?? '' }, io));
  });
}

/** Says what it is for, and what it may be given. */
function described(command: Command, { say }: Pick<Wiring, 'say'>): Command {
  return command
    .summary(
      say({
        en: 'test a receiver, an adapter, alerts, or the server',
        zh: '检查接收端、适配器、告警或 HTTP 服务',
      }),
    )
    .description(
      say({
        en: 'Sends tasks of every kind to a receiver, and says what it does wrong and why.\nThe tasks are marked: their userId is wechaty-callback-doctor.\nWith --adapter it asks the platform whether the settings of an adapter are right.\nWith --alerts it posts a test to every address under `alerts`.\nWith --server it says whether strangers reach console, metrics and health.',
        zh: '向接收端发送各种任务，指出哪里不对及可能的原因。\n这些任务的 userId 均为 wechaty-callback-doctor。\n用 --adapter 则向平台核对某个适配器的配置。\n用 --alerts 则向 `alerts` 中的每个地址发送一条测试告警。\n用 --server 则检查外部能否访问控制台、指标和健康详情。',
      }),
    )
    .usage(
      say({
        en: '<url> | --adapter <name> | --alerts | --server',
        zh: '<地址> | --adapter <名称> | --alerts | --server',
      }),
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
    );
}

/** What it may be asked for in place of a receiver. */
function withSubjects(command: Command, { say }: Pick<Wiring, 'say'>): Command {
  return command
    .option(
      say({ en: '--adapter <name>', zh: '--adapter <名称>' }),
      say({ en: 'test this adapter of the rules file', zh: '检查规则文件中的此适配器' }),
    )
    .option(
      '--alerts',
      say({ en: 'test the alerts of the rules file', zh: '检查规则文件中的告警' }),
    )
    .option(
      '--server',
      say({
        en: 'test `server` and `admin` of the rules file',
        zh: '检查规则文件中的 `server` 与 `admin`',
      }),
    );
}

const oneOfThem = {
  en: 'Name the URL of a receiver, or an adapter with --adapter, or --alerts, or --server: one of them.',
  zh: '请给出接收端地址，或用 --adapter 指定适配器，或用 --alerts、--server，四者择一。',
};
