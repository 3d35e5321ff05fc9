import { join } from 'node:path';
import { createFileStreamStore } from '../../../src/adapters/shared/file-stream-store.js';
import type { CardOf } from '../../../src/adapters/wecom-bot/card/template-card.js';
import { weComBotOptionsSchema } from '../../../src/adapters/wecom-bot/options.js';
import { assemble } from '../../../src/adapters/wecom-bot/setup.js';
import { GrowingAnswers } from '../../../src/adapters/wildfire/answer/growing-answers.js';
import {
  createOpenTexts,
  type OpenText,
} from '../../../src/adapters/wildfire/answer/open-texts.js';
import { writePassword } from '../../../src/console/access/password-file.js';
import { runInAnswer } from '../../../src/core/answer-scope.js';
import { silentLogger } from '../../../src/core/logger.js';
import type { ManualClock } from '../manual-clock.js';
import { waitUntil } from '../wait-until.js';
import type { KeptFiles } from './content.js';
import { besideFiles } from './folder.js';

/** The keys of a bot that nobody has. */
export const botOptions = { token: 'InventedToken', aesKey: 'k'.repeat(43) };

/** A card that waits for a click. */
export const card: CardOf<'button_interaction'> = {
  card_type: 'button_interaction',
  main_title: { title: '这个回答有帮助吗？', desc: '点一下就好 🙏' },
  button_list: [
    { text: '有', key: 'yes', style: 1 },
    { text: '没有', key: 'no', style: 2 },
  ],
  task_id: 'card-1',
};

/** Writes what adapters and the console keep beside the journal. */
export async function writeFiles(folder: string, clock: ManualClock): Promise<KeptFiles> {
  const password = '从前有座山-2026';
  await writePassword(join(folder, besideFiles.password), password);
  return {
    wecomBot: await writeWeComBot(folder, clock),
    wildfire: await writeWildfire(folder, clock),
    password,
  };
}

/** One answer that grows, one that is complete, and a card. */
async function writeWeComBot(folder: string, clock: ManualClock): Promise<KeptFiles['wecomBot']> {
  const store = join(folder, besideFiles.wecomBot);
  const options = weComBotOptionsSchema.parse({ ...botOptions, store });
  const bot = assemble(options, { clock, logger: silentLogger });
  await bot.open(() => {});
  const ask = async (id: string, userId: string, tasks: readonly string[]) => {
    const conversation = { kind: 'contact', id: userId } as const;
    const responseUrl = `https://example.com/response/${id}`;
    const answer = bot.answering.begin({ id, userId, conversation, responseUrl }, 'message');
    bot.answering.expect(answer, tasks);
    await bot.answering.decide(answer, true);
    return answer;
  };
  const text = { task: 'T1', eventId: 'bot-1', conversationId: 'lin', text: '从前有座山，山里' };
  const growing = await ask(text.eventId, text.conversationId, [text.task]);
  await runInAnswer({ eventId: text.eventId, key: `${text.task}/0` }, () =>
    bot.answering.show(text.conversationId, text.text),
  );
  bot.answering.frame(growing);
  const complete = 'bot-2';
  await ask(complete, 'ke', ['T2']);
  const say = (key: string, part: Parameters<typeof bot.answering.say>[1]) =>
    runInAnswer({ eventId: complete, key }, () => bot.answering.say('ke', part));
  await say('T2/0', { kind: 'text', text: '看这只猫 🐱', isGrowing: false, shown: 0 });
  await say('T2/1', { kind: 'image', base64: 'iVBORw0KGgo=', md5: '0'.repeat(32) });
  await say('T2/2', { kind: 'card', card, isSent: false });
  await bot.cards.keep(card, complete);
  await bot.answering.complete(complete, 'T2');
  await bot.close();
  return { ...text, card: card.task_id, complete };
}

/** One text that grows. */
async function writeWildfire(folder: string, clock: ManualClock): Promise<KeptFiles['wildfire']> {
  const store = createFileStreamStore({ path: join(folder, besideFiles.wildfire), clock });
  const texts = createOpenTexts({ store, clock, name: 'wildfire', logger: silentLogger });
  const kept: OpenText[] = [];
  const noted = {
    ...texts,
    keep: async (one: OpenText) => {
      await texts.keep(one);
      kept.push(one);
    },
  };
  const answers = new GrowingAnswers({
    texts: noted,
    say: () => Promise.resolve({ messageUid: '1', timestamp: 0 }),
    wayTo: (target) =>
      Promise.resolve({ conversation: { type: 0, target, line: 0 }, replyOnly: false }),
    clock,
  });
  await answers.open();
  const text = { task: 'T3', eventId: 'wildfire-1', conversationId: 'lan', text: '庙里有个 🧘' };
  runInAnswer({ eventId: text.eventId, key: `${text.task}/0` }, () =>
    answers.show(text.conversationId, text.text),
  );
  await waitUntil('the text is kept', () => kept.length > 0);
  await answers.close();
  return { ...text, streamId: kept.at(-1)?.streamId ?? '' };
}
