import type { Puppet } from 'wechaty-puppet';
import { CallbackError } from '../core/errors.js';
import { type OpenIMOptions, PuppetOpenIM } from './openim/index.js';
import { PuppetWeCom, type WeComOptions } from './wecom/index.js';
import { PuppetWeComBot } from './wecom-bot/index.js';
import { PuppetWildfire } from './wildfire/index.js';

/** An adapter as configured, its options checked. */
export interface ConfiguredAdapter {
  /** The adapter's key, e.g. `wecom`. */
  readonly key: string;
  readonly options: object;
}

type Create = (options: object, folder: string | undefined) => Puppet;

const creators: Readonly<Record<string, Create | undefined>> = {
  openim: (options) => new PuppetOpenIM(options as OpenIMOptions),
  wecom: (options) => new PuppetWeCom(options as WeComOptions),
  wecomBot: (options, folder) =>
    new PuppetWeComBot(options, folder === undefined ? {} : { folder }),
  wildfire: (options) => new PuppetWildfire(options),
};

/**
 * The puppet of an adapter.
 *
 * @param folder what the files of its options are relative to; default: the working directory
 * @throws CallbackError `adapter-unknown` when this version has none of that key
 */
export function createPuppet({ key, options }: ConfiguredAdapter, folder?: string): Puppet {
  const create = creators[key];
  if (create !== undefined) return create(options, folder);
  throw new CallbackError('adapter-unknown', {
    text: {
      en: `The adapter \`${key}\` is not part of this version. Remove it from \`adapters\`.`,
      zh: `当前版本不包含适配器 \`${key}\`。请从 \`adapters\` 中删除。`,
    },
  });
}
