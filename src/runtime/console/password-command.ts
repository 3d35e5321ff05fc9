import { relative } from 'node:path';
import type { ConfigSource } from '../load-rules.js';

/**
 * What to type for another password. The configuration is named where it would not be found, and in
 * a checkout of this very project the command is a script of its own.
 */
export function passwordCommand(
  source: ConfigSource,
  directory: string,
  env: NodeJS.ProcessEnv,
): string {
  const isOwnProject = env['npm_package_name'] === 'wechaty-callback';
  const command = isOwnProject ? 'npm run callback --' : 'npx wechaty-callback';
  const cwd = process.cwd();
  const isFound = typeof source !== 'string' || directory === cwd;
  const config = isFound ? '' : ` --config ${relative(cwd, source) || source}`;
  return `${command} console-password${config}`;
}
