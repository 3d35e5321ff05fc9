import type { WechatyInterface } from 'wechaty/impls';
import type { ConfigInput } from './config/schema/file.js';
import type { Attachment } from './runtime/attach-bot.js';
import type { PinoLike } from './runtime/pino-logger.js';
import { type RuntimeShare, shareRuntime } from './runtime/shared-runtimes.js';

/** How long `close()` waits for what was accepted, unless told. */
const defaultGraceMs = 10_000;

/** The configuration as `.wechatyrc` spells it, handed over as an object. */
export type CallbackPluginConfig = ConfigInput;

/** What `CallbackPlugin` may be given besides its configuration. */
export interface CallbackPluginOptions {
  /**
   * Where log lines go: pino, or any object with its `debug`, `info`, `warn` and `error`. It decides
   * what is shown; `log.level` of the configuration bounds what it gets. Of several plugins with one
   * configuration the first one's serves all. Default: Wechaty's log.
   */
  readonly logger?: PinoLike;
}

/** What `CallbackPlugin` makes: hand it to `bot.use`, keep it to close it. */
export interface InstalledCallbackPlugin {
  /** Listens to the bot; returns the uninstaller, which removes every listener. */
  (bot: WechatyInterface): () => void;
  /** Resolves when the rules are read, or known to be unusable (the log says why). Never rejects. */
  readonly ready: Promise<void>;
  /**
   * Stops listening on every bot, waits for the answers to what was accepted, frees everything.
   * Waits also for bots that were uninstalled before. May be called again.
   *
   * @param options.graceMs the longest wait, in ms; default 10,000
   */
  close(options?: { readonly graceMs?: number }): Promise<void>;
}

/**
 * The Wechaty plugin: posts a bot's messages and events to your HTTP endpoint by the rules of
 * `.wechatyrc`, and says the answers in the chat.
 *
 * Returns at once; the rules are read meanwhile and events are kept until they are. A configuration
 * that cannot be used is reported in the log, and the bot keeps running. The same plugin, and every
 * plugin made from the same file or object, may be used on several bots: they share one runtime.
 *
 * @param config a path, the configuration itself, or nothing: then `.wechatyrc` is searched from
 *   the working directory up to the project's root
 * @param options where log lines go
 * @example
 * const bot = WechatyBuilder.build();
 * bot.use(CallbackPlugin());
 * await bot.start();
 */
export function CallbackPlugin(
  config?: string | CallbackPluginConfig,
  options: CallbackPluginOptions = {},
): InstalledCallbackPlugin {
  let share: RuntimeShare | undefined = shareRuntime(config, options);
  let { ready } = share.runtime;
  const attachments = new Set<Attachment>();
  const removals = new Set<Promise<void>>();

  const join = () => {
    share ??= shareRuntime(config, options);
    ({ ready } = share.runtime);
    return share.runtime;
  };
  // The bots keep their voice until what was accepted is answered.
  const removeAll = async (gone: readonly Attachment[], deadline: number) => {
    const mine = share;
    for (const attachment of gone) {
      attachment.detach();
      attachments.delete(attachment);
    }
    if (attachments.size === 0) share = undefined;
    await Promise.all(gone.map(async (one) => await mine?.runtime.settled(deadline, one.botId())));
    for (const attachment of gone) attachment.leave();
    if (share !== mine) await mine?.release(deadline);
  };
  const remove = (gone: readonly Attachment[], graceMs: number) => {
    const removal = removeAll(gone, Date.now() + graceMs);
    removals.add(removal);
    void removal.finally(() => removals.delete(removal));
  };

  const CallbackPluginFor = (bot: WechatyInterface) => {
    const attachment = join().attach(bot);
    attachments.add(attachment);
    return () => {
      // Wechaty awaits no uninstaller: the drain goes on by itself, and `close()` waits for it.
      if (attachments.has(attachment)) remove([attachment], defaultGraceMs);
    };
  };
  const close = async ({ graceMs = defaultGraceMs } = {}) => {
    if (share !== undefined) remove([...attachments], graceMs);
    await Promise.all(removals);
  };
  return Object.defineProperties(Object.assign(CallbackPluginFor, { close }), {
    ready: { get: () => ready, enumerable: true },
  }) as InstalledCallbackPlugin;
}
