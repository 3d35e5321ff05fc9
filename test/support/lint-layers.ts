import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

interface Restriction {
  readonly regex?: string;
  readonly group?: readonly string[];
}

/** What the linter forbids the files of one folder of `src` to import. */
export interface LintLayer {
  /** True when a relative path, as an import has it, is forbidden. */
  forbidsPath(path: string): boolean;
  /** True when a package is forbidden. */
  forbidsPackage(name: string): boolean;
}

/** The folders directly in `src` to which `.oxlintrc.json` forbids imports, by name. */
export function readLintLayers(): ReadonlyMap<string, LintLayer> {
  const { overrides } = JSON.parse(readFileSync(resolve('.oxlintrc.json'), 'utf8')) as {
    overrides: readonly { files: readonly string[]; rules: Readonly<Record<string, unknown>> }[];
  };
  return new Map(
    overrides.flatMap(({ files, rules }) => {
      const [, folder] = /^src\/(\w+)\/\*\*$/u.exec(files[0] ?? '') ?? [];
      const rule = rules['no-restricted-imports'];
      if (folder === undefined || !Array.isArray(rule)) return [];
      const { patterns } = rule[1] as { patterns: readonly Restriction[] };
      return [[folder, layerOf(patterns)] as const];
    }),
  );
}

function layerOf(patterns: readonly Restriction[]): LintLayer {
  const regexes = patterns.flatMap(({ regex }) => (regex === undefined ? [] : [new RegExp(regex)]));
  const groups = patterns.flatMap(({ group }) => group ?? []);
  return {
    forbidsPath: (path) => regexes.some((regex) => regex.test(path)),
    forbidsPackage: (name) => groups.some((glob) => fits(name, glob)),
  };
}

/** `wechaty*` and `@hono/*`: a star at the end stands for anything. */
function fits(name: string, glob: string): boolean {
  return glob.endsWith('*') ? name.startsWith(glob.slice(0, -1)) : name === glob;
}
