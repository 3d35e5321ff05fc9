export type { OpenImOptions } from './options.js';
export { type OpenImParts, PuppetOpenIm } from './puppet.js';
