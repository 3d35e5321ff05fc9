import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { sharedTokenStore } from '../../src/adapters/shared/client/shared-tokens.js';
import { createFileStreamStore } from '../../src/adapters/shared/file-stream-store.js';
import { onceForAll } from '../../src/adapters/shared/once-for-all.js';
import { PuppetSharing } from '../../src/adapters/shared/sharing.js';
import { textOf } from '../../src/adapters/wecom-bot/answer/answer.js';
import { SharedAnswers } from '../../src/adapters/wecom-bot/answer/shared-answers.js';
import { createSentCards } from '../../src/adapters/wecom-bot/card/sent-cards.js';
import { weComBotOptionsSchema } from '../../src/adapters/wecom-bot/options.js';
import { assemble } from '../../src/adapters/wecom-bot/setup.js';
import { GrowingAnswers } from '../../src/adapters/wildfire/answer/growing-answers.js';
import { createOpenTexts } from '../../src/adapters/wildfire/answer/open-texts.js';
import type { WildfirePayload } from '../../src/adapters/wildfire/schema/payload.js';
import { createLoginLimit } from '../../src/console/access/login-limit.js';
import { isPassword } from '../../src/console/access/password.js';
import { openPassword } from '../../src/console/access/password-file.js';
import { createSessions } from '../../src/console/access/sessions.js';
import { runInAnswer } from '../../src/core/answer-scope.js';
import { knownInstances } from '../../src/core/instances.js';
import { silentLogger } from '../../src/core/logger.js';
import type { SharedState } from '../../src/core/shared-state.js';
import { createMemoryStreamStore } from '../../src/core/stream-store.js';
import { readContent } from '../support/journals/content.js';
import { besideFiles, journalsFolder, journalVersions } from '../support/journals/folder.js';
import { leftSchema } from '../support/journals/left-journal.js';
import { botOptions } from '../support/journals/write-files.js';
import { manualClock } from '../support/manual-clock.js';
import { hasPostgres } from '../support/postgres.js';
import { temporaryFolder } from '../support/temporary-folder.js';

/** A file of a version, in a folder of its own for the test that is running. */
function leftBeside(version: string, name: string): string {
  const path = join(temporaryFolder().path, name);
  cpSync(join(journalsFolder, version, name), path);
  return path;
}

describe.each(journalVersions())('beside the journal of %s', (version) => {
  const { leftAt, files, shared } = readContent(version);
  const clock = manualClock(leftAt);

  test('answers of an AI bot go on growing, and its cards are known', async () => {
    const store = leftBeside(version, besideFiles.wecomBot);
    const options = weComBotOptionsSchema.parse({ ...botOptions, store });
    const bot = assemble(options, { clock, logger: silentLogger });
    onTestFinished(() => bot.close());
    await bot.open(() => {});
    const { eventId, task, conversationId, text, card, complete } = files.wecomBot;
    const answer = bot.table.byEvent(eventId);
    expect(answer && textOf(answer)).toBe(text);
    const longer = `${text}，还有一座庙`;
    await runInAnswer({ eventId, key: `${task}/0` }, () =>
      bot.answering.show(conversationId, longer),
    );
    expect(answer && bot.answering.frame(answer)?.stream).toMatchObject({
      id: answer?.id,
      finish: false,
      content: longer,
    });
    const whole = bot.table.byEvent(complete);
    expect(whole?.parts.map(({ kind }) => kind)).toEqual(['text', 'image', 'card']);
    expect(await bot.cards.find(card)).toMatchObject({ task_id: card });
  });

  test('a text that grows on WildfireChat ends under the id that it had', async () => {
    const path = leftBeside(version, besideFiles.wildfire);
    const store = createFileStreamStore({ path, clock });
    const sent: WildfirePayload[] = [];
    const answers = new GrowingAnswers({
      texts: createOpenTexts({ store, clock, name: 'wildfire', logger: silentLogger }),
      say: async (_route, payload) => {
        sent.push(payload);
        return { messageUid: '1', timestamp: 0 };
      },
      wayTo: async (target) => ({ conversation: { type: 0, target, line: 0 }, replyOnly: false }),
      clock,
    });
    onTestFinished(() => answers.close());
    await answers.open();
    const { eventId, task, text, streamId } = files.wildfire;
    await answers.complete(eventId, task);
    expect(sent).toMatchObject([{ searchableContent: text, content: streamId }]);
  });

  test('the password of the console still opens it', async () => {
    const { kept, generated } = await openPassword(leftBeside(version, besideFiles.password));
    expect(generated).toBeUndefined();
    expect(await isPassword(files.password, kept)).toBe(true);
  });

  test.runIf(hasPostgres)('instances find what was shared, as long as it lasts', async () => {
    const { shared: state } = await (await leftSchema(version)).open(clock);
    if (state === undefined) throw new Error('Nothing is shared.');
    expect(await knownInstances(state)).toMatchObject([
      { name: shared.instance, version, isAlive: false },
    ]);
    expect(await state.get(shared.ended)).toBeUndefined();
    const answers = new SharedAnswers(state, 'wecomBot', clock);
    const [answer] = await answers.of(shared.instance);
    expect(answer && textOf(answer)).toBe(shared.answer.text);
    expect(await answers.streamOf(shared.answer.eventId)).toBe(shared.answer.id);
    const cards = createSentCards(createMemoryStreamStore(), clock);
    cards.share(state, 'wecomBot');
    expect(await cards.isTaken(shared.answer.card, 'another')).toBe(true);
    expect(await createSessions(state, clock).holds(shared.session)).toBe(true);
    expect(await createLoginLimit(state, clock).take(shared.guesser)).toBeGreaterThan(0);
    const sharing = sharingOf(state);
    const tokens = sharedTokenStore({ sharing, platform: 'wecom', clock });
    expect(await tokens.read(shared.token.app)).toMatchObject({ value: shared.token.value });
    const once = onceForAll<string>({ sharing, name: 'wecom' }, 60_000);
    const result = once(shared.delivery.id, () => Promise.reject(new Error('It was done before.')));
    expect(await result).toBe(shared.delivery.result);
  });
});

function sharingOf(state: SharedState): PuppetSharing {
  const sharing = new PuppetSharing();
  sharing.share(state);
  return sharing;
}
