import { CallbackError } from '../../core/errors.js';

/** No bot with these rules is running, and the tasks cannot be reached without one. */
export class NotRunningError extends CallbackError {
  override readonly name = 'NotRunningError';

  /** @param configFile the file whose bot was looked for */
  constructor(configFile: string) {
    super('not-running', {
      text: {
        en: `No bot with the rules of ${configFile} is running on this computer as this user. Start the bot; with a journal on disk the file is opened directly.`,
        zh: `本机当前用户没有运行使用 ${configFile} 的机器人。请先启动机器人；若任务日志保存在磁盘上，则会直接打开该文件。`,
      },
    });
  }
}
