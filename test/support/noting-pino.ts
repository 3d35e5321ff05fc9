import pino, { type Logger } from 'pino';

/** A line as pino writes it, without what it adds by itself. */
export type PinoLine = Readonly<Record<string, unknown>> & { readonly msg: string };

/** The real pino, writing into a list. */
export function notingPino(level = 'info'): {
  readonly logger: Logger;
  readonly lines: PinoLine[];
} {
  const lines: PinoLine[] = [];
  const write = (text: string) => {
    lines.push(JSON.parse(text) as PinoLine);
  };
  return { logger: pino({ level, base: null, timestamp: false }, { write }), lines };
}
