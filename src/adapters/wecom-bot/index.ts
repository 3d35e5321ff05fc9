export { buildCard } from './card/build-card.js';
export type { CardOf, TemplateCard } from './card/template-card.js';
export type { WeComBotOptions } from './options.js';
export { PuppetWeComBot } from './puppet.js';
export type { WeComBotParts } from './setup.js';
