import { randomUUID } from 'node:crypto';
import { startReceiver } from '../support/receiver.js';
import {
  type ToyDocument,
  ToyPuppet,
  toySignature,
  toySignatureHeader,
} from '../support/toy-adapter.js';
import { type AdapterHarness, adapterContract, type Told } from './adapter-contract.js';

function requestOf(document: Omit<ToyDocument, 'at'>) {
  const body = JSON.stringify({ ...document, at: Date.now() });
  return { path: '/toy', headers: { [toySignatureHeader]: toySignature(body) }, body };
}

async function startToy(repeats: boolean): Promise<AdapterHarness> {
  const platform = await startReceiver();
  return {
    create: () => new ToyPuppet({ apiUrl: platform.origin, repeats }),
    written: (message) => requestOf({ ...message, type: 'text' }),
    forged: (message) => {
      const request = requestOf({ ...message, type: 'text' });
      return { ...request, headers: { [toySignatureHeader]: toySignature(randomUUID()) } };
    },
    unknown: (id) => requestOf({ id, type: 'tomorrow', from: 'alice', text: '' }),
    told: () => platform.calls.map(({ body }) => JSON.parse(body) as Told),
    repeats,
    maxBytes: 1024 * 1024,
    close: () => platform.close(),
  };
}

adapterContract('a platform that repeats', () => startToy(true));
adapterContract('a platform that never repeats', () => startToy(false));
