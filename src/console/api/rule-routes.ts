import type { Context } from 'hono';
import { ruleSchema } from '../rules/rule-schema.js';
import { changesText } from './changes-text.js';
import { type ConsoleContext, createPart, type Part } from './console-context.js';
import { changesBody, ruleListQuery, type Saved, undoBody } from './contract.js';
import { bodyOf, parsed } from './failures.js';

/** The list of rules, one rule, and changes to them. */
export function ruleRoutes({ editor, audit }: ConsoleContext): Part {
  const app = createPart();
  const note = (context: Context, { summary }: Saved, changes: string) =>
    audit(
      context,
      { en: `rules were saved: ${summary.en}`, zh: `已保存规则：${summary.zh}` },
      { changes },
    );
  app.get('/rules', async (context) => {
    const { search } = parsed(ruleListQuery, context.req.query());
    return context.json(await editor.list(search));
  });
  app.get('/schema/rule', (context) => context.json(ruleSchema()));
  app.post('/rules/plan', async (context) =>
    context.json(await editor.plan(await bodyOf(context, changesBody))),
  );
  app.post('/rules/save', async (context) => {
    const body = await bodyOf(context, changesBody);
    const saved = await editor.save(body);
    note(context, saved, changesText(body.changes));
    return context.json(saved);
  });
  app.post('/rules/undo', async (context) => {
    const { edition } = await bodyOf(context, undoBody);
    const saved = await editor.undo(edition);
    note(context, saved, 'undo');
    return context.json(saved);
  });
  app.get('/rules/:name', async (context) =>
    context.json(await editor.detail(context.req.param('name'))),
  );
  return app;
}
