import { z } from 'zod';
import type { AdapterConfig, AdapterKey } from '../config.js';
import { expected } from '../problems/expectation.js';
import { keys, text } from './values.js';

const options = z.looseObject({
  name: text
    .exactOptional()
    .describe('Unique among all adapters; default: the key. / 唯一名称；默认为键名。'),
});

const uniqueName = expected(
  'a name that no other adapter has (without one, an adapter is called like its key)',
  '与其他适配器不同的名称（未写时即为键名）',
);

const oneOrMoreOptions = z.union([options, z.array(options).min(1)], {
  error: expected('keys and values, or a list of them', '键值表，或其列表'),
});

/** The adapters: every key holds a list afterwards, empty when the platform is not used. */
export const adapters = keys({
  wecom: oneOrMoreOptions.exactOptional().describe('WeCom apps. / 企业微信应用。'),
  wecomBot: oneOrMoreOptions.exactOptional().describe('WeCom AI bots. / 企业微信智能机器人。'),
  openim: oneOrMoreOptions.exactOptional().describe('OpenIM servers. / OpenIM 服务。'),
  wildfire: oneOrMoreOptions.exactOptional().describe('WildfireChat servers. / 野火 IM 服务。'),
}).transform((value, context) => {
  const taken = new Set<string>();
  const named = (key: AdapterKey): readonly AdapterConfig[] => {
    const found = value[key] ?? [];
    return (Array.isArray(found) ? found : [found]).map((each, index) => {
      const name = each.name ?? key;
      if (taken.has(name)) {
        const path = Array.isArray(found) ? [key, index, 'name'] : [key, 'name'];
        context.addIssue({ code: 'custom', path, message: uniqueName });
      }
      taken.add(name);
      return { ...each, name };
    });
  };
  return {
    wecom: named('wecom'),
    wecomBot: named('wecomBot'),
    openim: named('openim'),
    wildfire: named('wildfire'),
  };
});
