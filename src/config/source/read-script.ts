import { createRequire } from 'node:module';
import { sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { brokenSource, plainSource, type Source } from './source.js';

const loaded = createRequire(import.meta.url).cache;

let version = 0;

/**
 * Runs a JavaScript configuration anew and takes its default export (or `module.exports`).
 *
 * Node keeps modules for ever, so an ES module is asked for under another query each time, and a
 * CommonJS one is forgotten together with the files it required (not those in `node_modules`).
 * What an ES module imports stays cached: only the file itself reloads.
 */
export async function readScript(file: string): Promise<Source> {
  forget(file, new Set());
  version += 1;
  const url = pathToFileURL(file);
  url.searchParams.set('wechaty-callback', String(version));
  try {
    const module = (await import(/* @vite-ignore */ url.href)) as { default?: unknown };
    const data: unknown = await module.default;
    return data === undefined ? brokenSource([{ path: [], text: noExport }]) : plainSource(data);
  } catch (error) {
    return brokenSource([{ path: [], text: failed(error) }]);
  }
}

function forget(file: string, seen: Set<string>): void {
  const module = loaded[file];
  if (!module || seen.has(file)) return;
  seen.add(file);
  delete loaded[file];
  for (const { filename } of module.children) {
    if (!filename.includes(`${sep}node_modules${sep}`)) forget(filename, seen);
  }
}

function failed(error: unknown) {
  const [line = ''] = String(error).split('\n', 1);
  return { en: `the script failed: ${line}`, zh: `脚本出错：${line}` };
}

const noExport = {
  en: 'the script exports nothing; write `export default { rules: [ … ] }`',
  zh: '脚本没有导出内容；请写 export default { rules: [ … ] }',
};
