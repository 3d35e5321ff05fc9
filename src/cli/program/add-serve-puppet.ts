import type { Command } from 'commander';
import type { ServePuppetOptions } from '../run/serve-puppet.js';
import type { Wiring } from './create-program.js';
import { withConfig } from './operate/common-options.js';

/** Adds `serve-puppet`. */
export function addServePuppet(program: Command, wiring: Wiring): void {
  const { io, common, say, done } = wiring;
  const command = program
    .command('serve-puppet')
    .summary(say({ en: 'offer the adapters over gRPC', zh: '通过 gRPC 提供适配器' }))
    .description(
      say({
        en: 'Offers every adapter of the rules file as a Wechaty puppet service, for bots in any language.\nThe rules do not run here. While no client is connected, URLs can be checked, but messages are answered 503.',
        zh: '把规则文件中的每个适配器作为 Wechaty puppet service 提供，任何语言的机器人都可使用。\n此处不运行规则。没有客户端连接时，可以验证 URL，但消息一律回答 503。',
      }),
    )
    .usage(say({ en: '[options]', zh: '[选项]' }))
    .option(
      say({ en: '--host <address>', zh: '--host <地址>' }),
      say({ en: 'listen there; default: 127.0.0.1', zh: '监听地址；默认 127.0.0.1' }),
    )
    .option(
      say({ en: '--port <number>', zh: '--port <端口>' }),
      say({
        en: 'of the first adapter, counting up; default: 18788',
        zh: '首个适配器的端口，依次加一；默认 18788',
      }),
    )
    .option(
      say({ en: '--token <token>', zh: '--token <令牌>' }),
      say({
        en: 'default: $WECHATY_PUPPET_SERVICE_TOKEN (which no list of processes shows), else a new one',
        zh: '默认取 $WECHATY_PUPPET_SERVICE_TOKEN（不会出现在进程列表中），没有则新建',
      }),
    );
  withConfig(command, wiring).action(async (options: ServePuppetOptions) => {
    const { servePuppetCommand } = await import('../run/serve-puppet.js');
    done(await servePuppetCommand({ ...common, ...options }, io));
  });
}
