export type { WildfireOptions } from './options.js';
export { PuppetWildfire, type WildfireParts } from './puppet.js';
