import type { Reply } from '../../../core/reply.js';
import { withThinking } from '../../../core/text/thinking.js';
import { repliesSchema } from '../../../protocol/response.js';
import { describeFault } from '../body-fault.js';
import type { StreamContent, StreamNote } from './content.js';
import { jsonOf, objectOf, stringOf } from './json-text.js';
import { readObject } from './read-object.js';

/** Named in a log at most. */
const mostNames = 8;
/** Begins another step of an agent, in streams of the Vercel AI SDK. */
const stepName = 'start-step';
const errorReason = 'the stream reports an error';

/**
 * Gathers the words of a stream from its pieces, one after another: plain texts, JSON strings, and
 * objects. An object that is no piece of text never becomes words.
 */
export class Gathering {
  #done = false;
  /** With and without the space that a producer may put behind `data:`. */
  #tight = '';
  #spaced = '';
  #isTight = false;
  #thinking = '';
  /** The first piece of text was a JSON string: so are all. */
  #isQuoted: boolean | undefined;
  readonly #replies: Reply[] = [];
  #invalid: { readonly reason: string; readonly data: string } | undefined;
  /** Something was understood, if only that nothing is said. */
  #isUnderstood = false;
  /** The words that come next are those of another step, with a tool's call between. */
  #isNextStep = false;
  #isChat = false;
  #isFinished = false;
  #lostLines = 0;
  readonly #names = new Set<string>();
  readonly #keys = new Set<string>();

  get done(): boolean {
    return this.#done;
  }

  get text(): string {
    const words = this.#isTight ? this.#tight : this.#spaced;
    return withThinking({ thinking: this.#thinking, words });
  }

  /**
   * Takes the data of one event.
   *
   * @param data as it stands behind `data:`, a space before it included
   * @param name the SSE `event`; absent: none
   */
  takeEvent(data: string, name?: string): void {
    if (this.#done) return;
    const spaced = withoutSpaces(data);
    if (name === 'replies') this.#takeReplies(spaced);
    else if (name === 'error') this.#fail(errorReason, spaced);
    else this.#takeData(data, spaced, name);
  }

  /** Takes a line that stands alone: JSON, or nothing that is known. */
  takeLine(line: string): void {
    if (this.#done || line.trim() === '') return;
    const value = objectOf(line);
    const text = stringOf(line);
    if (value !== undefined) this.#takeObject(value, line);
    else if (text !== undefined) this.#say(text, text);
    else this.#lostLines += 1;
  }

  /** Takes lines that belong to no field: lost words, or an error that nothing frames. */
  takeLost(line: string): void {
    if (this.#done) return;
    const value = objectOf(line);
    if (value !== undefined && readObject(value).kind === 'error') this.#fail(errorReason, line);
    else this.#lostLines += 1;
  }

  end(): StreamContent {
    if (this.#invalid !== undefined) return { kind: 'invalid', ...this.#invalid };
    const { text } = this;
    const hasNames = this.#names.size + this.#keys.size > 0;
    if (!this.#isUnderstood && (hasNames || this.#lostLines > 0)) {
      return { kind: 'invalid', reason: this.#nothingKnown(), data: '' };
    }
    if (this.#isChat && !this.#isFinished) return { kind: 'broken' };
    const notes = this.#notes();
    return { kind: 'content', text, replies: this.#replies, ...(notes.length > 0 && { notes }) };
  }

  #takeData(data: string, spaced: string, name: string | undefined): void {
    if (isEnd(spaced)) {
      this.#finish();
      return;
    }
    const value = objectOf(spaced);
    if (value !== undefined) this.#takeObject(value, spaced, name);
    // What has another name than a message's is no text, whatever it is.
    else if (isOther(name)) this.#pass(name);
    else this.#takeText(data, spaced);
  }

  #takeText(data: string, spaced: string): void {
    const quoted = this.#isQuoted === false ? undefined : stringOf(spaced);
    if (spaced.trim() !== '') this.#isQuoted ??= quoted !== undefined;
    if (quoted === undefined) {
      this.#isTight ||= data.split('\n').some((line) => line !== '' && !line.startsWith(' '));
      this.#say(data, spaced);
      return;
    }
    const value = objectOf(quoted);
    if (isEnd(quoted)) this.#finish();
    else if (value !== undefined) this.#takeObject(value, quoted);
    else this.#say(quoted, quoted);
  }

  #takeObject(value: object, data: string, name?: string): void {
    if (Array.isArray(value)) {
      if (isOther(name)) this.#pass(name);
      else this.#leaveOut(Object.keys((value[0] ?? {}) as object));
      return;
    }
    const meaning = readObject(value, name);
    if (meaning.kind === 'error') this.#fail(errorReason, data);
    else if (meaning.kind === 'passed') this.#pass(meaning.name);
    else if (meaning.kind === 'unknown') this.#leaveOut(meaning.keys);
    else {
      this.#isChat ||= meaning.isChat === true;
      this.#isFinished ||= meaning.isFinished === true;
      this.#thinking += meaning.thinking;
      this.#say(meaning.text, meaning.text);
    }
  }

  #say(tight: string, spaced: string): void {
    this.#isUnderstood = true;
    if (this.#isNextStep && tight !== '') {
      this.#isNextStep = false;
      if (this.#tight.trim() !== '') this.#say('\n\n', '\n\n');
    }
    this.#tight += tight;
    this.#spaced += spaced;
  }

  #finish(): void {
    this.#isUnderstood = true;
    this.#isFinished = true;
    this.#done = true;
  }

  #takeReplies(data: string): void {
    const value = jsonOf(data);
    const list = repliesSchema.safeParse(value);
    if (list.success) {
      this.#isUnderstood = true;
      this.#replies.push(...list.data);
    } else {
      const fault = value === undefined ? ': no JSON' : describeFault(list.error, value);
      this.#fail(`replies${fault}`, data);
    }
  }

  #fail(reason: string, data: string): void {
    this.#invalid = { reason, data };
    this.#done = true;
  }

  #pass(name: string): void {
    if (name === stepName) this.#isNextStep = true;
    keepName(this.#names, name);
  }

  #leaveOut(keys: readonly string[]): void {
    for (const key of keys) keepName(this.#keys, key);
    if (keys.length === 0) this.#keys.add('{}');
  }

  #nothingKnown(): string {
    const parts = [
      this.#names.size > 0 ? `events ${[...this.#names].join(' ')}` : '',
      this.#keys.size > 0 ? `keys ${[...this.#keys].join(' ')}` : '',
    ];
    return `stream-unknown: ${parts.filter(Boolean).join(', ') || 'lines without a field'}`;
  }

  #notes(): readonly StreamNote[] {
    const notes: StreamNote[] = [];
    if (this.#keys.size > 0) notes.push({ kind: 'unknown-object', keys: [...this.#keys] });
    if (this.#lostLines > 0) notes.push({ kind: 'lost-lines', count: this.#lostLines });
    return notes;
  }
}

/** Names are the receiver's to choose: what does not look like one may be somebody's words. */
function keepName(names: Set<string>, name: string): void {
  if (names.size < mostNames) names.add(/^[\w.:/-]{1,40}$/u.test(name) ? name : '?');
}

/** Whether an event has another name than a message's. */
function isOther(name: string | undefined): name is string {
  return name !== undefined && name !== 'message';
}

function isEnd(data: string): boolean {
  return data.trim() === '[DONE]';
}

/** Each line without the one space that may stand behind `data:`. */
function withoutSpaces(data: string): string {
  return data.replaceAll(/(?<=^|\n) /gu, '');
}
