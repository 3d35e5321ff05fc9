#!/usr/bin/env bash
# wechaty-puppet: what is known of a contact is kept for 250 hours, not for 15 minutes.
#
# Expected: a contact that is renamed on the platform has its new name after some minutes, even if the
#   platform reports no change; the source of the cache says "15 minutes".
# Found: the age is written as 15 * 60 * 1000 * 1000 ms: ten days and ten hours. The old name is given
#   out for that long, unless the platform reports the change or the process ends.
# Effect: rules by name or tag see yesterday's names. An adapter of a platform that reports no changes
#   must end the entries itself, by dirtyPayload().
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

echo '{ "private": true, "type": "module" }' >package.json
npm install --ignore-scripts --no-audit --no-fund --loglevel=error --no-update-notifier \
  wechaty-puppet@1.21.3 wechaty-puppet-mock@1.19.4 file-box@1.5.5 >&2 || exit 75

cat >observe.js <<'JS'
import assert from 'node:assert/strict';
import { mock, PuppetMock } from 'wechaty-puppet-mock';

let name = 'old name';
class Renaming extends PuppetMock {
  async contactRawPayload(id) {
    return { ...(await super.contactRawPayload(id)), name };
  }
}

const mocker = new mock.Mocker();
const puppet = new Renaming({ mocker });
await puppet.start();
mocker.login(mocker.createContact());
const ann = mocker.createContact();
await puppet.contactPayload(ann.id);
name = 'new name';

const start = Date.now();
const HOUR = 3_600_000;
const seen = {};
for (const hours of [0.3, 24, 249, 251]) {
  Date.now = () => start + hours * HOUR;
  seen[`after ${hours} hours`] = (await puppet.contactPayload(ann.id)).name;
}
await puppet.stop();

console.log('wechaty-puppet 1.21.3: the name of a contact that was renamed after it was first read:');
console.log(seen);
assert.deepEqual(Object.values(seen), ['old name', 'old name', 'old name', 'new name']);
JS
node observe.js
