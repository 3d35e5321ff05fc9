#!/usr/bin/env bash
# wechaty-puppet-service: a file that the platform fails to confirm is sent a second time.
#
# Expected: one say() is one call of the puppet behind the service, for a file as for a text. If the call
#   fails, say() rejects and the bot decides whether to try again.
# Found: for a file, any failure of the first call is swallowed and the file is sent again by an older
#   method of the protocol. The puppet is called twice; when the platform took the file and only its
#   confirmation was lost, the people in the chat get it twice. A text is sent once.
# Effect: a bot that retries multiplies by two. A puppet behind the service should remember what it has
#   just sent, or resolve where it cannot know.
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
import { FileBox } from 'file-box';
import { WechatyBuilder } from 'wechaty';
import { mock, PuppetMock } from 'wechaty-puppet-mock';
import { PuppetServer, PuppetService } from 'wechaty-puppet-service';

const sent = { file: 0, text: 0 };
/** Sends, and then gets no confirmation from its platform. */
class Unconfirmed extends PuppetMock {
  async messageSendFile() {
    sent.file += 1;
    throw new Error('no confirmation');
  }
  async messageSendText() {
    sent.text += 1;
    throw new Error('no confirmation');
  }
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

const mocker = new mock.Mocker();
const puppet = new Unconfirmed({ mocker });
const token = 'insecure_3a2f6f9e-5b0c-4c39-9d3a-6e8f2f0b7c11';
const endpoint = `127.0.0.1:${await freePort()}`;
const server = new PuppetServer({ endpoint, puppet, token });
await server.start();
const bot = WechatyBuilder.build({ puppet: new PuppetService({ endpoint, token }) });
bot.on('error', () => {});
const loggedIn = once(bot, 'login');
await bot.start();
mocker.login(mocker.createContact({ name: 'Bot' }));
await loggedIn;
const ann = await bot.Contact.find({ id: mocker.createContact({ name: 'Ann' }).id });

const picture = FileBox.fromBase64(Buffer.alloc(100, 'x').toString('base64'), 'picture.png');
const outcomes = await Promise.allSettled([ann.say('good morning'), ann.say(picture)]);
await bot.stop();
await server.stop();

console.log('wechaty-puppet-service 1.19.9: how often one say() was sent by the puppet behind it:');
console.log(sent, outcomes.map(({ status }) => status));
assert.deepEqual(sent, { file: 2, text: 1 });
process.exit(0);
JS
node observe.js
