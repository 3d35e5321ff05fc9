import { z } from 'zod';

/** How a platform names the code and the words of its answers. */
export interface RobotAnswer {
  readonly code: string;
  /** An older name of it. Default: none. */
  readonly oldCode?: string;
  readonly message: string;
}

const answer = z.record(z.string(), z.unknown());
const maxLength = 200;

/** What a robot's platform says is wrong; 0 is success. */
export function robotRefusal(body: string, names: RobotAnswer): string | undefined {
  const { code, oldCode = code, message } = names;
  const parsed = answer.safeParse(parsedOf(body));
  if (!parsed.success) return 'no JSON';
  const { [message]: words, [oldCode]: old, [code]: found = old } = parsed.data;
  if (found === 0) return undefined;
  const said = typeof words === 'string' ? ` ${words.split('\n', 1)[0]?.slice(0, maxLength)}` : '';
  return typeof found === 'number' ? `${code} ${found}${said}` : `no ${code}`;
}

function parsedOf(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
