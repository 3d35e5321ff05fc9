import type { LogLevel } from '../config/config.js';
import type { Logger } from '../core/logger.js';

const order: readonly LogLevel[] = ['debug', 'info', 'warn', 'error', 'silent'];

/** The same logger without the lines that are less important than `level`, asked at every line. */
export function boundedLogger(logger: Logger, level: () => LogLevel): Logger {
  const wanted = (mine: LogLevel) => order.indexOf(mine) >= order.indexOf(level());
  return {
    debug: (...line) => wanted('debug') && logger.debug(...line),
    info: (...line) => wanted('info') && logger.info(...line),
    warn: (...line) => wanted('warn') && logger.warn(...line),
    error: (...line) => wanted('error') && logger.error(...line),
  };
}
