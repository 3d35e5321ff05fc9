import { CallbackError } from '../../../core/errors.js';
import type { BotIdentity } from '../decode/context.js';

/** Somebody who signs his calls. */
export interface Credentials {
  readonly id: string;
  readonly secret: string;
}

/** Who the bot is on the server, and how it is reached. One of `robot`, `channel` and `user`. */
export interface Account {
  /** Of the robot and channel API, e.g. `http://127.0.0.1`. */
  readonly server?: string | undefined;
  readonly robot?: Credentials | undefined;
  readonly channel?: Credentials | undefined;
  /** A user of the server: what he hears is forwarded, what he says goes through `admin`. */
  readonly user?: { readonly id: string } | undefined;
  /** A robot that uploads files for a channel or a user. */
  readonly uploader?: Credentials | undefined;
  /** Where files of messages are fetched from. Default: `server`. */
  readonly files?: readonly string[] | undefined;
  /** The admin API, e.g. `http://127.0.0.1:18080`. */
  readonly admin?: { readonly server: string; readonly secret: string } | undefined;
}

/** Who the bot is. @throws CallbackError `wildfire-options-invalid` when it is nobody */
export function identityOf({ robot, channel, user }: Account): BotIdentity {
  if (robot) return { kind: 'robot', id: robot.id };
  if (channel) return { kind: 'channel', id: channel.id };
  if (user) return { kind: 'user', id: user.id };
  throw lacking('robot', 'channel', 'user');
}

/** An option is missing that a call needs. Several: one of them. */
export function lacking(...options: readonly string[]): CallbackError {
  return new CallbackError('wildfire-options-invalid', {
    text: {
      en: `WildfireChat: this needs the option ${options.join(' or ')}.`,
      zh: `野火 IM：此操作需要选项 ${options.join(' 或 ')}。`,
    },
  });
}

/** A channel or a user has a file to say. */
export function lackingUploader(): CallbackError {
  return new CallbackError('wildfire-options-invalid', {
    text: {
      en: 'WildfireChat takes files from robots alone: set the option `uploader` to the id and secret of a robot of the server.',
      zh: '野火 IM 仅允许机器人上传文件：请将选项 `uploader` 设为服务端某个机器人的 ID 与密钥。',
    },
  });
}
