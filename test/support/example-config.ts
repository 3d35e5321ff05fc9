/** A configuration of which every key is switched on: one right after a `#`, and what is indented below it. */
export function withEveryKey(example: string): string {
  // Prose has one space there.
  return example.replaceAll(/^( *)#(?=\S| {2})/gmu, '$1');
}

/** What the variables in the examples and documents may stand for. */
export const exampleEnv = {
  WEATHER_SECRET: `whsec_${Buffer.alloc(24, 1).toString('base64')}`,
  WECOM_SECRET: 'secret',
  WECOM_TOKEN: 'token',
  WECOM_AES_KEY: 'k'.repeat(43),
  SALES_SECRET: 'secret',
  SALES_TOKEN: 'token',
  SALES_AES_KEY: 'k'.repeat(43),
  WECOM_BOT_TOKEN: 'token',
  WECOM_BOT_AES_KEY: 'k'.repeat(43),
  WECOM_BOT_SECRET: 'secret',
  OPENIM_SECRET: 'openIM123',
  OPENIM_CALLBACK_SECRET: 's'.repeat(24),
  WILDFIRE_ROBOT_SECRET: 'secret',
  WILDFIRE_ADMIN_SECRET: 'secret',
  WILDFIRE_CHANNEL_SECRET: 'secret',
  WILDFIRE_CALLBACK_SECRET: 'nobody-can-guess-this',
  DINGTALK_TOKEN: 'token',
  DINGTALK_SECRET: 'SEC0123456789',
  JOURNAL_STORE: 'postgres://wechaty:secret@db.internal/wechaty',
  PUBLIC_URL: 'https://bot.example.com',
  RECEIVER_URL: 'http://127.0.0.1:4000',
  RECEIVER_SECRET: `whsec_${Buffer.alloc(24, 2).toString('base64')}`,
  SERVICE_SECRET: 'secret',
  SERVICE_TOKEN: 'token',
  SERVICE_AES_KEY: 'k'.repeat(43),
  WECOM_CORP_ID: 'ww0123456789abcdef',
  WECOM_AGENT_ID: '1000002',
};
