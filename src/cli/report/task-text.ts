import type { TaskReport } from '../../core/operations.js';
import type { Reply } from '../../core/reply.js';
import type { AttemptRecord } from '../../core/task.js';
import { visible } from '../../core/text/visible.js';
import { failureHint } from '../../delivery/run/failure-hints.js';
import type { CliIo } from '../io.js';
import { alignRows } from './columns.js';
import { moment } from './moment.js';
import { painter } from './paint.js';
import { reasonBeside } from './reason-beside.js';
import { stateWords } from './state-words.js';
import { waitsText } from './waits-text.js';

/** One task for people; `withText` says that the record holds what was said. */
export function taskText(record: TaskReport, withText: boolean, io: CliIo): string {
  const say = sayIn(io);
  const { task, attempts } = record;
  const rows = [...factRows(record, io), ...spokenRows(record, withText, io)];
  const paint = painter(io.colors);
  const hint = failureHint(record.reason ?? attempts.at(-1)?.reason ?? '')?.[io.language];
  const lines = [
    paint('strong', `${say('Task', '任务')} ${visible(task.id)}`),
    ...indented(rows.filter(([, value]) => value !== '')),
    paint('strong', say(`Calls: ${attempts.length}`, `调用：${attempts.length} 次`)),
    ...callLines(attempts),
    ...(hint === undefined ? [] : ['', hint]),
    ...(withText ? [] : ['', say('--text shows what was said.', '加 --text 可显示消息内容。')]),
  ];
  return `${lines.join('\n')}\n`;
}

type Row = readonly string[];
const nothing: readonly Row[] = [];

function sayIn({ language }: CliIo) {
  return (en: string, zh: string) => (language === 'zh' ? zh : en);
}

function indented(rows: readonly Row[]): readonly string[] {
  return alignRows(rows).map((line) => `  ${line}`);
}

function factRows(record: TaskReport, io: CliIo): readonly Row[] {
  const say = sayIn(io);
  const { task, settledAt, state } = record;
  return [
    [say('State', '状态'), stateWords[state][io.language]],
    [say('Reason', '原因'), reasonBeside(record)],
    [say('Rule', '规则'), visible(task.rule)],
    [say('Event', '事件'), visible(`${task.event} ${task.eventId}`)],
    [say('Bot', '机器人'), visible(task.botId)],
    [say('User', '用户'), visible(task.request.userId)],
    [say('Conversation', '会话'), visible(task.conversation?.id ?? '')],
    [say('Arrived', '到达'), moment(task.arrivedAt)],
    [say('Waits', '等待'), waitsText(record.waitsFor, io)],
    [say('Settled', '结束'), settledAt === undefined ? '' : moment(settledAt)],
  ];
}

function spokenRows(record: TaskReport, withText: boolean, io: CliIo): readonly Row[] {
  const say = sayIn(io);
  const question = withText ? visible(record.task.request.question) : '';
  const { response, said } = record;
  const quoted = withText ? visible(record.task.request.message?.quoted?.text ?? '') : '';
  const heading = [
    [say('Question', '问题'), question],
    [say('Quoted', '引用'), quoted],
  ];
  if (response === undefined) return heading;
  const { replies, refusal } = response;
  const count = replies.length;
  return [
    ...heading,
    [
      say('Replies', '回复'),
      say(`${count}, ${said} of them said`, `${count} 条，已发送 ${said} 条`),
    ],
    ...replies.map((reply) => ['', withText ? replyText(reply) : visible(reply.type)]),
    ...(refusal === undefined ? nothing : [[say('Refusal', '拒绝'), visible(refusal || '-')]]),
  ];
}

function replyText(reply: Reply): string {
  return reply.type === 'text' ? visible(reply.text) : visible(reply.type);
}

/** A line for each call, and below it what the receiver answered, where that was no valid response. */
function callLines(attempts: readonly AttemptRecord[]): readonly string[] {
  const rows = indented(attempts.map((attempt, index) => attemptRow(attempt, index)));
  return attempts.flatMap(({ body }, index) => [
    rows[index] ?? '',
    ...(body === undefined ? [] : body.split('\n').map((line) => `     ${visible(line)}`)),
  ]);
}

function attemptRow(attempt: AttemptRecord, index: number): readonly string[] {
  const { startedAt, durationMs, status, reason = '' } = attempt;
  return [
    `${index + 1}.`,
    moment(startedAt),
    `${durationMs} ms`,
    String(status ?? '-'),
    visible(reason),
  ];
}
