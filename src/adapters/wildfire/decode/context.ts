/** Who the bot is on the server. */
export interface BotIdentity {
  /**
   * - `robot`: hears by the robot's callback, speaks by the robot API
   * - `channel`: hears by the channel's callback, speaks by the channel API
   * - `user`: hears by the forwarding of messages, speaks by the admin API
   */
  readonly kind: 'robot' | 'channel' | 'user';
  readonly id: string;
}

/** What decoding must know besides the body. */
export interface DecodeContext {
  readonly bot: BotIdentity;
  /** Milliseconds since 1970, for what brings no time. */
  readonly now: number;
  /** The id of an event whose body brings none, see `Repetitions`. */
  readonly bodyId: () => string;
  /** Online status as the old page has it: 0 offline, 1 online. */
  readonly legacyStatus: boolean;
  /** Messages of other robots are heard too. */
  readonly hearRobots: boolean;
  /** Known to be a robot, besides what a callback says of its sender. */
  readonly isRobot: (userId: string) => boolean;
  /** The bot sent the message with this id. */
  readonly isOwnMessage: (messageId: string) => boolean;
  /** The name of a group as last seen. */
  readonly topicOf: (groupId: string) => string | undefined;
}
