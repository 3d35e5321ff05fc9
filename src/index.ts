/**
 * wechaty-callback: posts a Wechaty bot's messages and events to your HTTP endpoint by keyword
 * rules, and says the reply in the chat.
 *
 * @module wechaty-callback
 */
export { type OpenIMOptions, type OpenIMParts, PuppetOpenIM } from './adapters/openim/index.js';
export { PuppetWeCom, type WeComOptions, type WeComParts } from './adapters/wecom/index.js';
export {
  buildCard,
  type CardOf,
  PuppetWeComBot,
  type TemplateCard,
  type WeComBotOptions,
  type WeComBotParts,
} from './adapters/wecom-bot/index.js';
export {
  PuppetWildfire,
  type WildfireOptions,
  type WildfireParts,
} from './adapters/wildfire/index.js';
export type { Config } from './config/config.js';
export { CallbackError, isCallbackError } from './core/errors.js';
export type { Bilingual, Language } from './core/language.js';
export { type Problem, ProblemsError } from './core/problem.js';
export type { Rule } from './core/rule.js';
export {
  CallbackPlugin,
  type CallbackPluginConfig,
  type CallbackPluginOptions,
  type InstalledCallbackPlugin,
} from './plugin.js';
export {
  type CallbackMesssagePayload,
  MessageType,
  type MessageTypeName,
  type Reply,
  type RunEventTask,
  type RunEventTaskProps,
  type RunEventTaskResponse,
} from './protocol/index.js';
export type { PinoLike, PinoLog } from './runtime/pino-logger.js';
export { type ServeWebhooksOptions, serveWebhooks, type WebhookServer } from './serve-webhooks.js';
export { webhookListener } from './webhook-listener.js';
