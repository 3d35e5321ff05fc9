#!/usr/bin/env bash
# file-box: the headers of FileBox.fromUrl() are sent for the content only, and lost by JSON.
#
# Expected: headers that are given for a URL (an Authorization, say) go with every request for that URL,
#   and what toJSON() writes, fromJSON() reads.
# Found: ready() asks without them, so size and media type are those of the page that says 401.
#   toJSON() writes them, fromJSON() does not read them, and the box that comes of it downloads that page
#   as its content, without an error.
# Effect: a puppet that hands out files behind a token works in one process and breaks behind
#   wechaty-puppet-service, which sends boxes as JSON. Send the content, or a URL that needs no header.
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

const refusal = 'Unauthorized';
const report = 'the report itself';
const server = createServer(({ headers, method }, response) => {
  const isKnown = headers.authorization === 'Bearer token';
  const body = isKnown ? report : refusal;
  const type = isKnown ? 'application/pdf' : 'text/plain';
  response.writeHead(isKnown ? 200 : 401, { 'content-type': type, 'content-length': body.length });
  response.end(method === 'HEAD' ? undefined : body);
});
await once(server.listen(0, '127.0.0.1'), 'listening');
const url = `http://127.0.0.1:${server.address().port}/report.pdf`;

const box = FileBox.fromUrl(url, { headers: { authorization: 'Bearer token' } });
const content = (await box.toBuffer()).toString();
await box.ready();
const copy = FileBox.fromJSON(JSON.stringify(box));
const seen = {
  'toBuffer()': content,
  'mediaType after ready()': box.mediaType,
  'size after ready()': box.size,
  'headers in toJSON()': box.toJSON().headers,
  'headers in toJSON() of the copy by fromJSON()': copy.toJSON().headers,
  'toBuffer() of the copy': (await copy.toBuffer()).toString(),
};
server.close();
server.closeAllConnections();

console.log('file-box 1.5.5: headers go with the content only; fromJSON() drops what toJSON() wrote.');
console.log(seen);
assert.deepEqual(Object.values(seen), [
  report,
  'text/plain',
  refusal.length,
  { authorization: 'Bearer token' },
  undefined,
  refusal,
]);
JS
node observe.js
