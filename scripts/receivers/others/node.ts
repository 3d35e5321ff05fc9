import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { execPath, versions as running } from 'node:process';
import { type Program, run } from '../child.js';
import { copyApp, type Other } from './other.js';

/** How a program in Node differs from `node app.js`. */
interface NodeApp extends Pick<Other, 'documented' | 'untried'> {
  /** The folder in `apps`. */
  readonly app: string;
  /** Behind `node`. Default: `app.js`. */
  readonly args?: readonly string[];
  /** Run before, in the same folder. */
  readonly build?: Pick<Program, 'command' | 'args'>;
  /** The oldest major version of Node that it starts on. Default: any. */
  readonly oldest?: number;
}

/** The program of a folder of `apps`: what its `package.json` names is installed, and no install script is run. */
function framework(name: string, nodeApp: NodeApp): Other {
  const { app, args = ['app.js'], build, oldest = 0, ...seen } = nodeApp;
  return {
    name,
    ...seen,
    missing: () =>
      Promise.resolve(Number.parseInt(running.node, 10) < oldest ? `Node ${oldest}` : undefined),
    install: async (folder) => {
      copyApp(app, folder);
      const npm = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--silent'];
      await run({ command: 'npm', args: npm, cwd: folder });
      if (build) await run({ ...build, cwd: folder });
      const { dependencies } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
        readonly dependencies: Readonly<Record<string, string>>;
      };
      const found = Object.entries(dependencies).map(([module, version]) => `${module} ${version}`);
      const versions = [`Node ${running.node}`, ...found].join(', ');
      return { program: { command: execPath, args, cwd: folder }, versions };
    },
  };
}

/** Where the helper for streams ends one as if all were well: half an answer looks whole. */
const endsCleanly = { 'broken off': 'said as whole: "You said: 订阅 周报 📰 It"' };

const ofHono = { signed: 'not of the SDK', 'wrong signature': 'not of the SDK' };

/** Frameworks in Node. */
export const node: readonly Other[] = [
  framework('Fastify, @fastify/sse', { app: 'fastify-sse', documented: endsCleanly }),
  framework('Fastify, fastify-sse-v2', {
    app: 'fastify-sse-v2',
    // A generator that throws ends the whole process: nothing could be tried behind it.
    untried: { 'broken off': 'the process ends' },
  }),
  framework('Hono', { app: 'hono', documented: endsCleanly }),
  framework('NestJS', {
    app: 'nestjs',
    args: ['dist/app.js'],
    build: { command: 'npx', args: ['tsc'] },
    documented: {
      // A POST is answered 201 unless the handler says otherwise.
      'text/plain': ['as sent', 'text first']
        .map(
          (first) => `${first}: a string is 201 text/html; ${first}: JSON is 201 application/json`,
        )
        .join('; '),
    },
  }),
  framework('Koa', { app: 'koa' }),
  framework('AI SDK, UI stream', { app: 'ai-sdk', args: ['app.js', 'ui'], untried: ofHono }),
  framework('AI SDK, text stream', {
    app: 'ai-sdk',
    args: ['app.js', 'text'],
    documented: endsCleanly,
    untried: ofHono,
  }),
  framework('Node-RED', {
    app: 'node-red',
    args: ['node_modules/node-red/red.js', '--userDir', '.', 'flows.json'],
    oldest: 22,
  }),
];
