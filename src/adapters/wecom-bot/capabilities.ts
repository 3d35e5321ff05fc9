import type { Capabilities, TextLimit } from '../../core/puppet-extras.js';

/**
 * Group messages reach the bot when it is mentioned (D100719). What it says is markdown_v2, which
 * mentions nobody (D99110) and quotes nothing.
 */
export function weComBotCapabilities(mode: 'webhook' | 'websocket'): Capabilities {
  const common = { rooms: true, mention: false, quote: false, tags: false, thinking: true };
  if (mode === 'websocket') return { ...common, lacksReplies: lacked, fileBytes };
  // A webhook shows pictures alone.
  return { ...common, lacksReplies: ['file', 'audio', 'video', ...lacked] };
}

const lacked = ['miniProgram', 'contact', 'location'] as const;

/** What the long connection takes of a file (D101463). */
const fileBytes = { min: 5, max: 20 * 1024 * 1024 } as const;

/** What the platform takes of a stream's content and of a markdown message (D101031, D101138). */
export const maxContentBytes = 20_480;

/**
 * A whole answer is one bubble, so a text is not cut before it is said: what exceeds a bubble goes
 * out behind it. This is only the bound of what a receiver may answer.
 */
export const weComBotTextLimit: TextLimit = { unit: 'bytes', max: 1024 * 1024 };

/** For how long a stream is polled after the message, in ms (D100719). */
export const streamLifeMs = 6 * 60_000;

/** What is left of it when a stream is ended: polls come once a second, and some get lost. */
export const streamMarginMs = 30_000;

/** For how long a `response_url` is good, once, in ms (D101138). */
export const responseUrlLifeMs = 60 * 60_000;

/** Images beside a stream (D101031). */
export const maxImages = 10;

/**
 * What all images of an answer may have together, in bytes before base64. The platform names 10 MB
 * for each, but refuses a last frame of 2.8 MB for ever; 0.93 MB of encrypted base64 pass.
 */
export const imageBudgetBytes = 512 * 1024;
