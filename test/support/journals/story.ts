import type { Claim } from '../../../src/core/journal.js';
import type { TaskResponse } from '../../../src/core/task.js';
import type { Bench } from './bench.js';
import { message, notice, type Saying } from './people.js';

/** When the journals are left, in ms since 1970: a Monday, ten in the morning in China. */
export const leftAt = Date.UTC(2026, 0, 5, 2);
const minute = 60_000;
const day = 24 * 60 * minute;

/** When the story begins. */
export const beginsAt = leftAt - 2 * day;

/** What the journals of the story keep: the text of the first task is deleted, the task is not. */
export const retention = { ageMs: 7 * day, tasks: 100_000, textMs: day };

const text = (...texts: readonly string[]): TaskResponse => ({
  replies: texts.map((each) => ({ type: 'text', text: each })),
});

/** Says something to the bot now. */
function says(bench: Bench, saying: Omit<Saying, 'at'>) {
  return message({ at: bench.clock.now(), ...saying });
}

/** All that is settled, and what waits for a time that is far away. */
export async function tellSettled(bench: Bench): Promise<void> {
  await answeredLongAgo(bench);
  await bench.clock.advance(2 * day - 20 * minute);
  await bench.journal.sweep();
  await answered(bench);
  await dead(bench);
  await deadOfAnswers(bench);
  await dropped(bench);
  await dueLater(bench);
}

async function answeredLongAgo(bench: Bench): Promise<void> {
  const claim = await bench.begin(says(bench, { id: 'old', text: '聊点什么吧' }));
  await bench.answered(claim, text('好呀 😀'));
  await bench.settle(claim, 'answered', { said: 1 });
}

async function answered(bench: Bench): Promise<void> {
  const room = 'tea@chatroom';
  const first = await bench.begin(says(bench, { id: 'order-1', text: '我想订阅 周报 📰', room }));
  await bench.answered(first, {
    replies: [
      { type: 'text', text: '已订阅 ✅', mention: true },
      { type: 'link', url: 'https://example.com/周报', title: '周报', description: '每周一' },
    ],
  });
  await bench.settle(first, 'answered', { said: 2 });

  let claim = await bench.begin(says(bench, { id: 'weather-1', text: '天气 广州', room }));
  claim = await bench.failed(claim, { status: 503, reason: 'http-503' });
  claim = await bench.failed(claim, { reason: 'connection: ECONNRESET' }, 2000);
  await bench.answered(claim, text('多云，26 度 ⛅'));
  await bench.settle(claim, 'answered', { said: 1 });

  const silent = await bench.begin(says(bench, { id: 'note-1', text: '记一笔 午饭 23 元' }));
  const attempt = await bench.call(90, { status: 204 });
  await bench.settle(silent, 'answered', { attempt });
}

async function dead(bench: Bench): Promise<void> {
  const wrong = await bench.begin(says(bench, { id: 'wrong-path', text: '聊聊', from: 'ke' }));
  const attempt = await bench.call(30, { status: 404, reason: 'http-404' });
  await bench.settle(wrong, 'dead', { reason: 'http-404', attempt });

  let down = await bench.begin(says(bench, { id: 'down', text: '聊不聊', from: 'ke' }));
  for (const pauseMs of [1000, 2000]) {
    down = await bench.failed(down, { reason: 'connection: ECONNREFUSED' }, pauseMs);
  }
  const last = await bench.call(4, { reason: 'connection: ECONNREFUSED' });
  await bench.settle(down, 'dead', { reason: 'connection: ECONNREFUSED', attempt: last });

  const slow = await bench.begin(says(bench, { id: 'timeout', text: '聊一整天' }));
  const late = await bench.call(30_000, { reason: 'timeout' });
  await bench.settle(slow, 'dead', { reason: 'timeout', attempt: late });

  const expired = await bench.begin(says(bench, { id: 'expired', text: '聊过时的' }));
  await bench.settle(expired, 'dead', { reason: 'expired' });
}

async function deadOfAnswers(bench: Bench): Promise<void> {
  const refused = await bench.begin(says(bench, { id: 'refused', text: '聊贵的', from: 'lan' }));
  await bench.answered(refused, { ...text('余额不足 💸'), refusal: '余额不足 💸' });
  await bench.settle(refused, 'refused', { reason: 'refused', said: 1 });

  const broken = await bench.begin(says(bench, { id: 'broken', text: '聊到一半', from: 'lan' }));
  const texts = text('从前有座山，', '（回答中断 / The answer broke off.）');
  await bench.answered(broken, { ...texts, broken: 'connection: ECONNRESET' });
  await bench.settle(broken, 'dead', { reason: 'connection: ECONNRESET', said: 2 });

  let unsaid = await bench.begin(says(bench, { id: 'unsaid', text: '聊图片', from: 'lan' }));
  await bench.answered(unsaid, { replies: [{ type: 'image', url: 'https://example.com/猫.png' }] });
  for (const pauseMs of [1000, 2000]) {
    unsaid = await bench.again(unsaid, pauseMs, { sayFailed: true });
  }
  await bench.settle(unsaid, 'dead', { reason: 'say-failed: not-found' });
}

async function dropped(bench: Bench): Promise<void> {
  const discarded = await bench.hear(says(bench, { id: 'discarded', text: '聊错了' }));
  await bench.journal.discard(discarded ? [discarded.id] : []);

  const late = await bench.begin(says(bench, { id: 'too-late', text: '聊得太晚' }));
  await bench.answered(late, text('还在吗？'));
  await bench.settle(late, 'dropped', { reason: 'too-late' });
}

/** One is due in 40 minutes, another stands behind it, and the bot of a third is away. */
async function dueLater(bench: Bench): Promise<void> {
  const room = 'duty@chatroom';
  const first = await bench.begin(says(bench, { id: 'duty-1', text: '值班 谁在？', room }));
  const attempt = await bench.call(200, { status: 429, reason: 'http-429' });
  await bench.retry(first, leftAt + 40 * minute, { attempt });
  await bench.hear(says(bench, { id: 'duty-2', text: '值班 有人吗', room, from: 'ke' }));
  await bench.hear(says(bench, { id: 'away', text: '聊夜班', bot: 'wxid_night' }));
}

/** All that was under way, or had not begun, when the program was gone. */
export async function tellOpen(bench: Bench): Promise<void> {
  await bench.clock.advance(leftAt - 8000 - bench.clock.now());
  const claim = await beginToSay(bench);
  await running(bench);
  await waiting(bench);
  await bench.retry(claim, bench.clock.now() + 1000, { sayFailed: true });
  await bench.clock.advance(leftAt - bench.clock.now());
}

/** Answers the claim of a task whose next part could not be said. */
async function beginToSay(bench: Bench): Promise<Claim> {
  const [room, from] = ['tea@chatroom', 'lan'];
  const unsaid = await bench.begin(says(bench, { id: 'unsaid-all', text: '聊诗', from }), 'said');
  await bench.answered(unsaid, text('床前明月光', '疑是地上霜 🌕'));

  const partly = await bench.begin(
    says(bench, { id: 'said-one', text: '聊诗', room, from }),
    'said',
  );
  await bench.answered(partly, text('春眠不觉晓', '处处闻啼鸟 🐦', '夜来风雨声'), 1);

  const failed = await bench.begin(
    says(bench, { id: 'say-failed', text: '聊诗', room, from: 'ke' }),
    'said',
  );
  await bench.answered(failed, text('白日依山尽', '黄河入海流 🌊'), 1);
  return failed;
}

async function running(bench: Bench): Promise<void> {
  const first = says(bench, { id: 'line-1', text: '订阅 日报', from: 'ke' });
  await bench.begin(first, 'called');
  await bench.hear(says(bench, { id: 'line-2', text: '聊第二句', from: 'ke' }), 'called');
  await bench.hear(says(bench, { id: 'line-3', text: '聊第三句 👍', from: 'ke' }), 'called');

  const room = 'tea@chatroom';
  const again = await bench.begin(
    says(bench, { id: 'weather-2', text: '天气 深圳', room }),
    'called',
  );
  await bench.failed(again, { status: 500, reason: 'http-500' });

  const slow = await bench.begin(says(bench, { id: 'slow', text: '慢慢来' }), 'called');
  await bench.clock.advance(2000);
  await bench.record(slow, { kind: 'waiting-said' });

  const growing = await bench.begin(
    says(bench, { id: 'growing', text: '聊个故事', room: 'story@chatroom' }),
    'called',
  );
  const attempt = await bench.call(1500);
  const response = { ...text('从前有座山，山里'), growing: true } as const;
  await bench.record(growing, { kind: 'response', response, attempt });
}

async function waiting(bench: Bench): Promise<void> {
  const { clock, journal } = bench;
  const silenced = says(bench, { id: 'weather-3', text: '天气 珠海', room: 'tea@chatroom' });
  if (await bench.hear(silenced)) throw new Error('The limit does not hold.');
  await bench.hear(says(bench, { id: 'note-2', text: '记一笔\u0000 奶茶 🧋 \ud83d' }), 'called');
  await bench.hear(notice({ id: 'login', name: 'login', at: clock.now() }), 'called');
  const room = 'tea@chatroom';
  const joined = notice({ id: 'joined', name: 'room-join', at: clock.now(), from: 'lan', room });
  await bench.hear(joined, 'called');
  const again = bench.heard.find(({ event }) => event.id === 'wrong-path')?.tasks ?? [];
  await journal.replay(again);
  for (const id of again) bench.next.set(id, 'called');
}

/** What the cooldown and the limit of the story silence for some minutes yet. */
export function silencedLater(at: number) {
  const room = 'tea@chatroom';
  return [
    { by: 'cooldown', event: message({ id: 'order-9', at, text: '订阅 月报' }) },
    { by: 'limit', event: message({ id: 'weather-9', at, text: '天气 东莞', from: 'ke', room }) },
  ] as const;
}
