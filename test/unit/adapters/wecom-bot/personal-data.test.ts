import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createFileStreamStore } from '../../../../src/adapters/shared/file-stream-store.js';
import { weComBotOptionsSchema } from '../../../../src/adapters/wecom-bot/options.js';
import { assemble } from '../../../../src/adapters/wecom-bot/setup.js';
import { silentLogger } from '../../../../src/core/logger.js';
import { botKeys } from '../../../support/fake-wecom-bot/fake-wecom-bot.js';
import { manualClock } from '../../../support/manual-clock.js';
import { temporaryFolder } from '../../../support/temporary-folder.js';

test('open answers and cards of a person are told, and gone for good once forgotten', async () => {
  const path = join(temporaryFolder().path, 'bot.streams');
  const clock = manualClock();
  const store = createFileStreamStore({ path, clock });
  const { token, encodingAesKey: aesKey } = botKeys;
  const options = weComBotOptionsSchema.parse({ token, aesKey });
  const bot = assemble(options, { clock, store, logger: silentLogger });
  await bot.open(() => {});
  onTestFinished(() => bot.close());
  const ask = async (userId: string, text: string) => {
    const conversation = { kind: 'contact', id: userId } as const;
    const question = { id: `of ${userId}`, userId, conversation };
    const answer = bot.answering.begin(question, 'message');
    await bot.answering.decide(answer, true);
    await bot.answering.say(userId, { kind: 'text', text, isGrowing: false, shown: 0 });
    return answer;
  };
  const answer = await ask('alice', '秘密答复');
  await ask('bob', '别人的答复');
  const card = {
    card_type: 'text_notice',
    main_title: { title: '秘密卡片' },
    card_action: { type: 1, url: 'http://a/' },
    task_id: 'card-1',
  } as const;
  await bot.cards.keep(card, 'of alice', 'alice');
  // As earlier versions kept them: nobody knows whose it is.
  await bot.cards.keep({ ...card, task_id: 'old' }, 'earlier');

  const found = await bot.personal.of('alice');
  expect(found.map(({ kind }) => kind)).toEqual(['answer', 'card']);
  expect(JSON.stringify(found)).toMatch(/秘密答复.*秘密卡片/u);
  await bot.personal.forget('alice');
  expect(await bot.personal.of('alice')).toEqual([]);
  expect(await bot.cards.find('card-1')).toBeUndefined();
  expect(await bot.cards.find('old')).toBeUndefined();
  expect(bot.table.byStream(answer.id)).toBeUndefined();
  expect(await bot.personal.of('bob')).toHaveLength(1);
  const kept = readFileSync(path, 'utf8');
  expect(kept).not.toContain('秘密');
  expect(kept).toContain('别人的答复');
  // What is put afterwards goes into the new file.
  await ask('carol', '后来的答复');
  expect(readFileSync(path, 'utf8')).toContain('后来的答复');
});

test('what a bot left that does not run is found in its file, and nothing else is lost', async () => {
  const path = join(temporaryFolder().path, 'bot.streams');
  const left = createFileStreamStore({ path });
  await left.open();
  const until = Date.now() + 3_600_000;
  for (const userId of ['alice', 'bob']) {
    await left.put(`answer/${userId}`, {
      value: JSON.stringify({ userId, parts: [userId] }),
      until,
    });
  }
  await left.close();
  const { token, encodingAesKey: aesKey } = botKeys;
  const store = createFileStreamStore({ path });
  const bot = assemble(weComBotOptionsSchema.parse({ token, aesKey }), {
    store,
    logger: silentLogger,
  });
  expect(await bot.personal.of('alice')).toHaveLength(1);
  await bot.personal.forget('alice');
  expect(await bot.personal.of('alice')).toEqual([]);
  expect(await bot.personal.of('bob')).toHaveLength(1);
  expect(readFileSync(path, 'utf8')).not.toContain('alice');
});
