import { join } from 'node:path';
import { writePassword } from '../../src/console/access/password-file.js';

/** Sets the password of a folder's console, at the cost of hardly any work for each try to log in. */
export async function writeQuickPassword(folder: string, password: string): Promise<void> {
  const file = join(folder, '.wechaty', 'console.json');
  await writePassword(file, password, { n: 16, r: 1, p: 1 });
}
