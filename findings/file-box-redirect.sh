#!/usr/bin/env bash
# file-box: a file behind a redirect has the size of the file and the content of the redirect.
#
# Expected: FileBox.fromUrl() follows a redirect or does not, in the same way for what it says about the
#   file (ready(), size, mediaType) and for its content (toBuffer(), toStream(), toFile()). An answer that
#   is no success, such as 302 or 404, rejects.
# Found: ready() follows up to seven redirects. Content is read without following any, and no status is
#   looked at: the body of the 302 or the 404 is the content, without an error.
# Effect: a bot sends the page of an error as the picture; a CDN that begins to redirect breaks downloads
#   without a line in the log. Fetch the file with an HTTP client, check it, and use FileBox.fromBuffer().
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

echo '{ "private": true, "type": "module" }' >package.json
npm install --ignore-scripts --no-audit --no-fund --loglevel=error --no-update-notifier \
  file-box@1.5.5 >&2 || exit 75

cat >observe.js <<'JS'
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { FileBox } from 'file-box';

const picture = Buffer.alloc(1000, 'x');
const pages = {
  '/moved.png': [302, { location: '/picture.png', 'content-type': 'text/html' }, 'Found'],
  '/picture.png': [200, { 'content-type': 'image/png', 'content-length': picture.length }, picture],
};
const server = createServer(({ url, method }, response) => {
  const [status, headers, body] = pages[url] ?? [404, { 'content-type': 'text/html' }, 'Not here'];
  response.writeHead(status, headers).end(method === 'HEAD' ? undefined : body);
});
await once(server.listen(0, '127.0.0.1'), 'listening');
const origin = `http://127.0.0.1:${server.address().port}`;
pages['/moved.png'][1].location = `${origin}/picture.png`;

const moved = FileBox.fromUrl(`${origin}/moved.png`);
await moved.ready();
const missing = FileBox.fromUrl(`${origin}/missing.png`);
const seen = {
  'size after ready(), behind a redirect': moved.size,
  'mediaType after ready(), behind a redirect': moved.mediaType,
  'toBuffer() behind a redirect': (await moved.toBuffer()).toString(),
  'toBuffer() of what is not there': (await missing.toBuffer()).toString(),
};
server.close();
server.closeAllConnections();

console.log('file-box 1.5.5: ready() follows redirects, content does not, and no status is an error.');
console.log(seen);
assert.deepEqual(Object.values(seen), [1000, 'image/png', 'Found', 'Not here']);
JS
node observe.js
