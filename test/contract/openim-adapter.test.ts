import { startFakeOpenIM } from '../support/fake-openim/fake-openim.js';
import { openIMPuppet, openIMRequest, openIMText } from '../support/openim-bot.js';
import { type AdapterHarness, adapterContract } from './adapter-contract.js';

const command = 'callbackAfterSendSingleMsgCommand';

async function startOpenIM(): Promise<AdapterHarness> {
  const fake = await startFakeOpenIM();
  return {
    create: () => openIMPuppet(fake),
    written: (message) => openIMRequest(command, openIMText(message)),
    forged: (message) => openIMRequest(command, openIMText(message), 'another-secret-of-somebody'),
    unknown: (id) => openIMRequest('callbackAfterTomorrowCommand', { userID: 'alice', id }),
    told: () =>
      fake.world.shown.map(({ recvID, content }) => ({
        to: recvID,
        text: String(content['content']),
      })),
    refusal: { status: 404, body: 'Not Found' },
    repeats: false,
    maxBytes: 8 * 1024 * 1024,
    close: () => fake.close(),
  };
}

adapterContract('OpenIM', startOpenIM);
