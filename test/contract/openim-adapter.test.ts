import { startFakeOpenIm } from '../support/fake-openim/fake-openim.js';
import { openImPuppet, openImRequest, openImText } from '../support/openim-bot.js';
import { type AdapterHarness, adapterContract } from './adapter-contract.js';

const command = 'callbackAfterSendSingleMsgCommand';

async function startOpenIm(): Promise<AdapterHarness> {
  const fake = await startFakeOpenIm();
  return {
    create: () => openImPuppet(fake),
    written: (message) => openImRequest(command, openImText(message)),
    forged: (message) => openImRequest(command, openImText(message), 'another-secret-of-somebody'),
    unknown: (id) => openImRequest('callbackAfterTomorrowCommand', { userID: 'alice', id }),
    told: () =>
      fake.world.shown.map(({ recvID, content }) => ({
        to: recvID,
        text: String(content['content']),
      })),
    repeats: false,
    maxBytes: 8 * 1024 * 1024,
    close: () => fake.close(),
  };
}

adapterContract('OpenIM', startOpenIm);
