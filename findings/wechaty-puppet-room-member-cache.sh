#!/usr/bin/env bash
# wechaty-puppet: members of a room are cached and never found again.
#
# Expected: roomMemberPayload(room, member) asks the platform once, as contactPayload(), roomPayload() and
#   messagePayload() do; all of them have an LRU cache.
# Found: the payload is stored under the constant key "memberId" instead of the member's id. Each call
#   asks the platform again, and so do room.alias() and every room.say() that mentions somebody.
# Effect: a search by name in a room of 500 people is 500 requests each time. An adapter needs a
#   cache of its own below roomMemberRawPayload().
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

const asked = { contact: 0, room: 0, member: 0 };
class Counting extends PuppetMock {
  async contactRawPayload(id) {
    asked.contact += 1;
    return super.contactRawPayload(id);
  }
  async roomRawPayload(id) {
    asked.room += 1;
    return super.roomRawPayload(id);
  }
  async roomMemberRawPayload(roomId, contactId) {
    asked.member += 1;
    return { id: contactId, name: 'Ann', roomAlias: 'Ann of sales' };
  }
  async roomMemberRawPayloadParser(payload) {
    return payload;
  }
}

const mocker = new mock.Mocker();
const puppet = new Counting({ mocker });
await puppet.start();
const bot = mocker.createContact();
mocker.login(bot);
const ann = mocker.createContact();
const room = mocker.createRoom({ memberIdList: [bot.id, ann.id] });

for (const name of Object.keys(asked)) asked[name] = 0;
for (let call = 0; call < 10; call += 1) {
  await puppet.contactPayload(ann.id);
  await puppet.roomPayload(room.id);
  await puppet.roomMemberPayload(room.id, ann.id);
}
const keys = Object.keys(puppet.cache.roomMember.get(room.id) ?? {});
await puppet.stop();

console.log('wechaty-puppet 1.21.3: ten calls each; how often the platform was asked:');
console.log(asked, 'keys in the cache of the room:', keys);
assert.deepEqual(keys, ['memberId']);
assert.equal(asked.member, 10);
assert.ok(asked.contact <= 1 && asked.room <= 1, 'contacts and rooms are cached');
JS
node observe.js
