import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { type FakeCall, parsed } from './api.js';
import { FakeError } from './fake-error.js';
import type { FakeWorld } from './world.js';

interface Pending {
  readonly name: string;
  readonly size: number;
  readonly contentType: string;
  bytes?: Buffer;
}

/** The storage: forms that are handed out, and what is posted to them. */
export interface FakeFiles {
  readonly calls: Readonly<Record<string, (body: unknown, requestApi: string) => unknown>>;
  /** Takes what a form brings; the HTTP status. */
  take(form: FormData): Promise<number>;
}

const initiateSchema = z.object({
  name: z.string().min(1).max(1024).regex(/^[^/]/u),
  size: z.int().positive(),
  contentType: z.string(),
  group: z.string(),
  millisecond: z.int(),
  absolute: z.boolean(),
});

/** The storage of a world, reached at `origin`. */
export function createFiles(world: FakeWorld, origin: () => string): FakeFiles {
  const pending = new Map<string, Pending>();
  const initiate: FakeCall = (body) => {
    const { name, size, contentType } = parsed(initiateSchema, body);
    const id = randomUUID();
    pending.set(id, { name, size, contentType });
    return {
      id,
      url: `${origin()}/storage`,
      file: 'file',
      header: null,
      formData: { key: id, 'Content-Type': contentType, policy: 'p' },
      expires: Date.now() + 600_000,
      successCodes: [200],
    };
  };
  return {
    calls: {
      '/object/initiate_form_data': initiate,
      '/object/complete_form_data': (body, requestApi) => {
        const { id } = parsed(z.object({ id: z.string() }), body);
        const upload = pending.get(id);
        if (upload?.bytes === undefined) throw new FakeError(1004, 'record not found');
        if (upload.bytes.length !== upload.size) throw new FakeError(90_007, 'size mismatch');
        world.files.set(upload.name, { bytes: upload.bytes, contentType: upload.contentType });
        return { url: `${requestApi}/object/${upload.name}` };
      },
    },
    take: async (form) => {
      // The file has to be the last field, behind those of the form.
      const fields = [...form.keys()];
      const file = form.get('file');
      const key = form.get('key');
      const upload = typeof key === 'string' ? pending.get(key) : undefined;
      const isWhole = fields.at(-1) === 'file' && form.get('policy') === 'p';
      if (upload === undefined || !isWhole || !(file instanceof Blob)) return 403;
      upload.bytes = Buffer.from(await file.arrayBuffer());
      return 200;
    },
  };
}
