import type { AlertFormat } from '../../core/alert.js';
import type { AlertWriter } from './alert-format.js';
import { dingtalk } from './dingtalk.js';
import { feishu } from './feishu.js';
import { json } from './json.js';
import { wecomRobot } from './wecom-robot.js';

/** How each format is written. */
export const writers: Readonly<Record<AlertFormat, AlertWriter>> = {
  json,
  'wecom-robot': wecomRobot,
  dingtalk,
  feishu,
};
