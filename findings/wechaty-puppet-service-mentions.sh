#!/usr/bin/env bash
# wechaty and wechaty-puppet-service: who is mentioned by name is no longer seen behind the service.
#
# Expected: a bot sees the same of a message whether its puppet runs in its process or behind a puppet
#   service. Of a puppet that leaves out the optional mentionIdList, Wechaty finds mentions in the text.
# Found: the service sends an empty list for one that was left out. Wechaty takes an empty list as the
#   answer and does not look at the text: mentionSelf() is true in the process, false behind the service.
# Effect: "only when mentioned" never matches behind the service. A puppet should give mentionIdList; a
#   bot should look for its own name in the text where the list is empty.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
# The service keeps a cache in the home folder.
export HOME="$folder" WECHATY_LOG=silent

echo '{ "private": true, "type": "module" }' >package.json
npm install --ignore-scripts --no-audit --no-fund --loglevel=error --no-update-notifier \
  wechaty@1.20.2 wechaty-puppet@1.21.3 wechaty-puppet-mock@1.19.4 wechaty-puppet-service@1.19.9 \
  file-box@1.5.5 >&2 || exit 75

cat >observe.js <<'JS'
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { WechatyBuilder } from 'wechaty';
import { mock, PuppetMock } from 'wechaty-puppet-mock';
import { PuppetServer, PuppetService } from 'wechaty-puppet-service';

/** A puppet that leaves `mentionIdList` out, as its type allows. */
class Plain extends PuppetMock {
  async messageRawPayload(id) {
    const { mentionIdList, ...payload } = await super.messageRawPayload(id);
    return payload;
  }
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Whether a bot on `used` sees that it is mentioned, when Ann mentions it on the platform. */
async function isSeen(platform, used) {
  const { mocker } = platform;
  const account = mocker.createContact({ name: 'Bot' });
  const ann = mocker.createContact({ name: 'Ann' });
  const room = mocker.createRoom({ memberIdList: [account.id, ann.id] });
  const bot = WechatyBuilder.build({ puppet: used });
  const loggedIn = once(bot, 'login');
  await bot.start();
  mocker.login(account);
  await loggedIn;
  const heard = once(bot, 'message');
  ann.say('@Bot\u2005good morning').to(room);
  const [message] = await heard;
  const seen = { text: message.text(), mentionSelf: await message.mentionSelf() };
  await bot.stop();
  return seen;
}

const local = new Plain({ mocker: new mock.Mocker() });
const inProcess = await isSeen(local, local);

const remote = new Plain({ mocker: new mock.Mocker() });
const token = 'insecure_3a2f6f9e-5b0c-4c39-9d3a-6e8f2f0b7c11';
const endpoint = `127.0.0.1:${await freePort()}`;
const server = new PuppetServer({ endpoint, puppet: remote, token });
await server.start();
const behind = await isSeen(remote, new PuppetService({ endpoint, token }));
await server.stop();

console.log('wechaty 1.20.2, wechaty-puppet-service 1.19.9: the same message of the same puppet:');
console.log({ 'in the process': inProcess, 'behind the service': behind });
assert.deepEqual([inProcess.mentionSelf, behind.mentionSelf], [true, false]);
assert.equal(inProcess.text, behind.text);
process.exit(0);
JS
node observe.js
