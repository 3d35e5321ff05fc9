export type { WeComOptions } from './options.js';
export { PuppetWeCom } from './puppet.js';
export type { WeComParts } from './setup.js';
