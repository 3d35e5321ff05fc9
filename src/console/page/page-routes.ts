import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { type Context, Hono } from 'hono';
import { accepts } from 'hono/accepts';
import type { NonceVariables } from '../access/security-headers.js';
import { consolePath } from '../api/contract.js';
import { missingPage } from './missing-page.js';
import { findPageFiles, type PageFile, type PageFiles } from './page-files.js';

/** A page that needs the nonce for its styles writes this where the nonce is to stand. */
const noncePlaceholder = '%CSP_NONCE%';
/** And this where it names the command for another password. */
const commandPlaceholder = '%PASSWORD_COMMAND%';
/** A year, as long as it may be said. */
const forEver = 'public, max-age=31536000, immutable';
/** Asked for again each time: a new version of the program has another page. */
const notWithoutAsking = 'no-cache';

const decompressed = promisify(gunzip);

type PageContext = Context<{ Variables: NonceVariables }>;

/**
 * The page of the console, below `consolePath`: its files as they were built, and `index.html` for
 * every other path, since the page finds its own way. Needs no session: there is nothing in it.
 *
 * @param folder with the built page
 * @param passwordCommand what to type for another password
 */
export function pageRoutes(
  folder: string,
  passwordCommand: string,
): Hono<{ Variables: NonceVariables }> {
  const app = new Hono<{ Variables: NonceVariables }>();
  const files = findPageFiles(folder);
  app.get('*', async (context) => {
    const { path } = context.req;
    // Relative addresses in the page count from the folder.
    if (path === consolePath) return context.redirect(`${consolePath}/`);
    const name = path.slice(consolePath.length + 1);
    return await answer(context, { files: await files, passwordCommand }, name);
  });
  return app;
}

interface Page {
  readonly files: PageFiles;
  readonly passwordCommand: string;
}

async function answer(
  context: PageContext,
  { files, passwordCommand }: Page,
  name: string,
): Promise<Response> {
  const found = files.get(name);
  if (found !== undefined && name !== 'index.html') return await send(context, found);
  // What is gone with an older version must not be answered with a page.
  if (name.startsWith('assets/')) return context.notFound();
  const index = files.get('index.html');
  if (index === undefined) return missing(context);
  const html = await readFile(index.file, 'utf8');
  context.header('cache-control', notWithoutAsking);
  return context.html(
    html
      .replaceAll(noncePlaceholder, context.var.nonce)
      .replaceAll(commandPlaceholder, () => inAttribute(passwordCommand)),
  );
}

/** A text as it may stand between the quotes of HTML. */
function inAttribute(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}

function missing(context: PageContext): Response {
  context.header('cache-control', 'no-store');
  return context.html(missingPage(context.var.nonce), 503);
}

async function send(context: PageContext, file: PageFile): Promise<Response> {
  context.header('content-type', file.contentType);
  context.header('cache-control', file.isHashed ? forEver : notWithoutAsking);
  const stored = await readFile(file.file);
  if (!file.isCompressed) return context.body(new Uint8Array(stored));
  context.header('vary', 'accept-encoding');
  if (!takesGzip(context)) return context.body(new Uint8Array(await decompressed(stored)));
  context.header('content-encoding', 'gzip');
  return context.body(new Uint8Array(stored));
}

/** Every browser does; other clients, and proxies that ask for them, may not. */
function takesGzip(context: PageContext): boolean {
  const encoding = accepts(context, {
    header: 'Accept-Encoding',
    supports: ['gzip', 'identity'],
    default: 'identity',
    match: (accepted) =>
      accepted.some(({ type, q }) => type.toLowerCase() === 'gzip' && q > 0) ? 'gzip' : 'identity',
  });
  return encoding === 'gzip';
}
