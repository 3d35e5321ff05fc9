import type { WechatyInterface } from 'wechaty/impls';
import type { ConfigInput } from './config/schema/file.js';
import type { Attachment } from './runtime/attach-bot.js';
import { type RuntimeShare, shareRuntime } from './runtime/shared-runtimes.js';

/** How long `close()` waits for what was accepted, unless told. */
const defaultGraceMs = 10_000;

/** The configuration as `.wechatyrc` spells it, handed over as an object. */
export type CallbackPluginConfig = ConfigInput;

/** What `CallbackPlugin` makes: hand it to `bot.use`, keep it to close it. */
export interface InstalledCallbackPlugin {
  /** Listens to the bot; returns the uninstaller, which removes every listener. */
  (bot: WechatyInterface): () => void;
  /** Resolves when the rules are read, or known to be unusable (the log says why). Never rejects. */
  readonly ready: Promise<void>;
  /**
   * Stops listening on every bot, waits for the answers to what was accepted, frees everything.
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
 * @example
 * const bot = WechatyBuilder.build();
 * bot.use(CallbackPlugin());
 * await bot.start();
 */
export function CallbackPlugin(config?: string | CallbackPluginConfig): InstalledCallbackPlugin {
  let share: RuntimeShare | undefined = shareRuntime(config);
  const { ready } = share.runtime;
  const attachments = new Set<Attachment>();

  // Wechaty awaits no uninstaller, so the drain goes on by itself; `close()` can be awaited. The
  // bots keep their voice until what was accepted is answered.
  const remove = async (gone: readonly Attachment[], graceMs: number) => {
    for (const attachment of gone) {
      attachment.detach();
      attachments.delete(attachment);
    }
    const mine = share;
    if (attachments.size === 0) share = undefined;
    await mine?.runtime.settled(graceMs);
    for (const attachment of gone) attachment.leave();
    if (share !== mine) await mine?.release(graceMs);
  };

  const CallbackPluginFor = (bot: WechatyInterface) => {
    share ??= shareRuntime(config);
    const attachment = share.runtime.attach(bot);
    attachments.add(attachment);
    return () => {
      if (attachments.has(attachment)) void remove([attachment], defaultGraceMs);
    };
  };
  const close = async ({ graceMs = defaultGraceMs } = {}) => {
    await remove([...attachments], graceMs);
  };
  return Object.assign(CallbackPluginFor, { ready, close });
}
