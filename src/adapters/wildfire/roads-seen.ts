import type { Logger } from '../../core/logger.js';
import type { BotIdentity } from './decode/context.js';
import type { CallbackKind } from './schema/callback-kinds.js';

/** What roads messages have come on. */
export interface RoadsSeen {
  /** A callback of this kind came. The log says once when messages come on two roads. */
  note(kind: CallbackKind): void;
  /** The kinds that came since the program began, sorted. */
  kinds(): readonly CallbackKind[];
}

/** The callback of its own that each bot has; a user hears by the forwarding. */
const ownRoads: Readonly<Record<BotIdentity['kind'], CallbackKind | undefined>> = {
  robot: 'robot',
  channel: 'channel.message',
  user: undefined,
};

/** True for a callback that a robot or a channel has for itself. */
export function isOwnRoad(kind: string): boolean {
  return Object.values(ownRoads).some((own) => own === kind);
}

/** True when messages came by the forwarding and by the bot's own callback. */
export function isOnTwoRoads(kinds: readonly string[], bot: BotIdentity['kind']): boolean {
  const own = ownRoads[bot];
  return own !== undefined && kinds.includes('message') && kinds.includes(own);
}

/** Nothing was seen yet. */
export function createRoadsSeen(
  bot: BotIdentity['kind'],
  { name, logger }: { readonly name: string; readonly logger: Logger },
): RoadsSeen {
  const seen = new Set<CallbackKind>();
  return {
    note: (kind) => {
      if (seen.has(kind)) return;
      const wasOnTwo = isOnTwoRoads([...seen], bot);
      seen.add(kind);
      if (wasOnTwo || !isOnTwoRoads([...seen], bot)) return;
      const { en, zh } = twoRoads(bot);
      logger.info({ en: `${name}: ${en}`, zh: `${name}：${zh}` });
    },
    kinds: () => [...seen].toSorted(),
  };
}

/** What it means that messages come on two roads. */
export function twoRoads(bot: BotIdentity['kind']) {
  const [en, zh] = bot === 'channel' ? ['channel', '频道'] : ['robot', '机器人'];
  return {
    en: `messages come by the ${en}'s callback and by \`message.forward.url\`. Those for the ${en} are heard once, as \`message\`; rules on \`wildfire:message\` are told of all others. Without such rules, remove \`message.forward.url\` and save the server the work.`,
    zh: `消息同时经${zh}的 callback 与 \`message.forward.url\` 到达。发给该${zh}的消息只触发一次，即 \`message\`；其余消息触发 \`wildfire:message\` 规则。若没有此类规则，可删除 \`message.forward.url\`，减轻服务端负担。`,
  };
}
