import type { Puppet } from 'wechaty-puppet';
import { isCallbackError } from '../../core/errors.js';
import { sayingFailureOf, sayingMark } from '../../core/saying-failure.js';

const senders = [
  'messageSendText',
  'messageSendFile',
  'messageSendUrl',
  'messageSendMiniProgram',
  'messageSendContact',
  'messageSendLocation',
] as const satisfies readonly (keyof Puppet)[];

type Send = (...args: readonly unknown[]) => Promise<unknown>;

/**
 * Has a puppet tell its clients whether something was sent that could not be said: of an error gRPC
 * carries the text alone. Answers the same puppet.
 */
export function tellSaying(puppet: Puppet): Puppet {
  for (const name of senders) {
    const send = (puppet[name] as Send).bind(puppet);
    const value: Send = async (...args) => {
      try {
        return await send(...args);
      } catch (error) {
        throw told(error);
      }
    };
    Object.defineProperty(puppet, name, { value, configurable: true, writable: true });
  }
  return puppet;
}

function told(error: unknown): unknown {
  const failure = sayingFailureOf(error);
  if (!isCallbackError(error) || failure.kind === 'rejected') return error;
  return new Error(`${error.message} ${sayingMark(failure)}`, { cause: error });
}
