import type { Folding } from './folding.js';

const space = 0x20;
/** Buffers longer than this, in code units, are let go when the next text is short. */
const keptCapacity = 1 << 16;
/** A plane part in which nothing folds, and where most emoji are. */
const firstEmoji = 0x1_f000;
const lastEmoji = 0x1_ffff;
/** The most code units that one code unit folds to. */
const growth = 3;

/**
 * A text after folding, as code units in a buffer that is used again for the next text.
 * Folding goes one code point at a time, so a text is folded in one pass and in linear time.
 */
export class FoldedText {
  /** The code units; valid from `start` to `end`, until the next `fold`. */
  units = new Uint16Array(256);
  start = 0;
  end = 0;
  /** For each code unit where its code point begins in the unfolded text; empty unless asked for. */
  origins = new Int32Array(0);
  #traced = false;
  #text = '';

  /** Replaces what is held by `text`, folded. `trace` fills `origins` too, at some cost. */
  fold(text: string, folding: Folding, trace = false): void {
    this.#reserve(text.length * growth, trace);
    this.#text = text;
    this.#traced = trace;
    if (trace) this.#foldTraced(text, folding);
    else this.#foldFast(text, folding);
    this.#trim(folding);
  }

  /** Where the code point of the folded unit at `index` ends in the unfolded text. */
  originEnd(index: number): number {
    const origin = this.origins[index] ?? 0;
    return origin + ((this.#text.codePointAt(origin) ?? 0) > 0xffff ? 2 : 1);
  }

  toString(): string {
    let text = '';
    for (let from = this.start; from < this.end; from += 8192) {
      text += String.fromCharCode(...this.units.subarray(from, Math.min(this.end, from + 8192)));
    }
    return text;
  }

  #foldFast(text: string, folding: Folding): void {
    const { units: table, collapsesSpace } = folding;
    const out = this.units;
    let end = 0;
    for (let index = 0; index < text.length; index += 1) {
      const unit = table[text.charCodeAt(index)] as number;
      if (unit === 0) {
        this.end = end;
        index += this.#foldSlow(index, folding);
        end = this.end;
      } else if (unit !== space || !collapsesSpace || (end > 0 && out[end - 1] !== space)) {
        out[end] = unit;
        end += 1;
      }
    }
    this.end = end;
  }

  #foldTraced(text: string, folding: Folding): void {
    this.end = 0;
    for (let index = 0; index < text.length; index += 1) {
      const unit = folding.units[text.charCodeAt(index)] as number;
      if (unit === 0) index += this.#foldSlow(index, folding);
      else this.#put(unit, index, folding.collapsesSpace);
    }
  }

  /** Folds one code point the long way; the number of code units to skip besides the first. */
  #foldSlow(index: number, folding: Folding): number {
    const codePoint = this.#text.codePointAt(index) as number;
    if (codePoint >= firstEmoji && codePoint <= lastEmoji) {
      this.#put(this.#text.charCodeAt(index), index, false);
      this.#put(this.#text.charCodeAt(index + 1), index, false);
      return 1;
    }
    const folded = folding.foldCodePoint(codePoint);
    for (let at = 0; at < folded.length; at += 1) {
      this.#put(folded.charCodeAt(at), index, folding.collapsesSpace);
    }
    return codePoint > 0xffff ? 1 : 0;
  }

  #put(unit: number, origin: number, collapsesSpace: boolean): void {
    const { end } = this;
    if (unit === space && collapsesSpace && (end === 0 || this.units[end - 1] === space)) return;
    this.units[end] = unit;
    if (this.#traced) this.origins[end] = origin;
    this.end = end + 1;
  }

  #trim(folding: Folding): void {
    const { units } = this;
    let first = 0;
    let last = this.end;
    // White space is at the end only: a run at the start is never put.
    while (last > first && isTrimmed(units[last - 1] as number, folding)) last -= 1;
    if (folding.endMarks.size > 0) {
      while (first < last && isTrimmed(units[first] as number, folding)) first += 1;
    }
    this.start = first;
    this.end = last;
  }

  #reserve(length: number, trace: boolean): void {
    if (this.units.length < length || (this.units.length > keptCapacity && length < keptCapacity)) {
      this.units = new Uint16Array(Math.max(256, length));
    }
    if (trace && this.origins.length < length) this.origins = new Int32Array(this.units.length);
  }
}

function isTrimmed(unit: number, { collapsesSpace, endMarks }: Folding): boolean {
  return (collapsesSpace && unit === space) || endMarks.has(unit);
}
