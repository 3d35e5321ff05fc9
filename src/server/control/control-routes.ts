import { Hono } from 'hono';
import type { z } from 'zod';
import { isCallbackError, textOf } from '../../core/errors.js';
import type { Operations } from '../../core/operations.js';
import { type ControlName, type controlAnswers, controlRequests } from './control-schema.js';

type Answers = {
  readonly [Name in ControlName]: (
    operations: Operations,
    request: z.infer<(typeof controlRequests)[Name]>,
  ) => Promise<z.input<(typeof controlAnswers)[Name]>>;
};

const answers: Answers = {
  tasks: async (operations, { choice, limit }) => ({
    tasks: [...(await operations.tasks(choice, limit))],
  }),
  task: async (operations, { id, withText }) => {
    const record = await operations.task(id, withText);
    return record === undefined ? {} : { record: record as never };
  },
  replay: async (operations, { ids }) => ({ count: await operations.replay(ids) }),
  'replay-all': async (operations, { choice }) => ({ count: await operations.replayAll(choice) }),
  discard: async (operations, { ids }) => ({ count: await operations.discard(ids) }),
  resolve: async (operations, { ids, as }) => ({ count: await operations.resolve(ids, as) }),
  forget: async (operations, { userId }) => ({ count: await operations.forget(userId) }),
  export: async (operations, { userId }) => (await operations.export(userId)) as never,
  stats: async (operations) => {
    const { instances, ...stats } = await operations.stats();
    return { ...stats, ...(instances && { instances: [...instances] }) };
  },
  backup: async (operations, { file }) => {
    await operations.backup(file);
    return {};
  },
};

/** Serves the operations as `POST /<name>` with JSON both ways. */
export function controlRoutes(operations: Operations): Hono {
  const app = new Hono();
  for (const name of Object.keys(answers) as ControlName[]) {
    const answer = answers[name] as Answers['stats'];
    app.post(`/${name}`, async (context) => {
      const request = controlRequests[name].safeParse(await context.req.json());
      if (!request.success) return context.json(failureOf('control-invalid', misunderstood), 400);
      return context.json(await answer(operations, request.data as never));
    });
  }
  app.notFound((context) => context.json(failureOf('control-unknown', misunderstood), 404));
  app.onError((error, context) => {
    const code = isCallbackError(error) ? error.code : 'internal';
    return context.json(failureOf(code, textOf(error)), 500);
  });
  return app;
}

const misunderstood = {
  en: 'The running bot does not understand this command: update wechaty-callback where it runs.',
  zh: '运行中的机器人不认识此命令：请更新其 wechaty-callback 版本。',
};

function failureOf(code: string, { en, zh }: { readonly en: string; readonly zh: string }) {
  return { error: { code, en, zh } };
}
