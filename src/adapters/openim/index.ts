export type { OpenIMOptions } from './options.js';
export { type OpenIMParts, PuppetOpenIM } from './puppet.js';
