import { startFakeWeCom } from '../support/fake-wecom/fake-wecom.js';
import { weComPuppet, weComRequest, weComText } from '../support/wecom-app.js';
import { type AdapterHarness, adapterContract } from './adapter-contract.js';

async function startWeCom(): Promise<AdapterHarness> {
  const fake = await startFakeWeCom({ members: [{ userid: 'alice', name: 'Alice' }] });
  return {
    create: () => weComPuppet(fake, { passive: 'never' }),
    written: (message) => weComRequest(fake, weComText(message)),
    forged: (message) => weComRequest(fake, weComText(message), { token: 'another' }),
    unknown: (id) =>
      weComRequest(fake, { FromUserName: 'sys', MsgType: 'event', Event: 'tomorrow', Id: id }),
    told: () =>
      fake
        .shownTo('alice')
        .map(({ content }) => ({ to: 'alice', text: String(content['content']) })),
    repeats: true,
    maxBytes: 1024 * 1024,
    close: () => fake.close(),
  };
}

adapterContract('WeCom app', startWeCom);
