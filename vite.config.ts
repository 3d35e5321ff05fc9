import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { defineConfig, type Plugin } from 'vite';

const root = fileURLToPath(new URL('src/console/web', import.meta.url));
const outDir = fileURLToPath(new URL('dist/console/web', import.meta.url));

/** What is worth compressing. `index.html` is not: it is filled in at each request. */
const compressed = new Set(['.js', '.css', '.svg']);
/** Smaller files fit into one packet anyway, in bytes. */
const smallest = 1024;

/**
 * Replaces files by their gzip, so that the server of a bot never compresses. Only gzip, because
 * browsers take brotli from nowhere but HTTPS, and because the package would hold everything twice.
 */
function compress(): Plugin {
  return {
    name: 'compress',
    apply: 'build',
    closeBundle: () => {
      for (const path of readdirSync(outDir, { recursive: true, encoding: 'utf8' })) {
        if (!compressed.has(extname(path))) continue;
        const file = join(outDir, path);
        const content = readFileSync(file);
        if (content.length < smallest) continue;
        writeFileSync(`${file}.gz`, gzipSync(content, { level: 9 }));
        rmSync(file);
      }
    },
  };
}

// A build from within a test must not be one for tests: React would bring its development tools.
process.env['NODE_ENV'] = 'production';

/** The page of the console. */
export default defineConfig({
  root,
  base: '/console/',
  publicDir: false,
  plugins: [compress()],
  build: {
    outDir,
    emptyOutDir: true,
    target: 'es2022',
    // The policy forbids `data:` in scripts and styles of others; small files stay files.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1000,
    rolldownOptions: {
      // Ant Design marks its files for servers that render, which means nothing here.
      onLog: (level, log, next) => {
        if (log.code !== 'MODULE_LEVEL_DIRECTIVE') next(level, log);
      },
    },
  },
});
