import { defineMessage } from './definition.js';
import { degrees, id, integer, text, word } from './fields.js';

/** A MsgId is a 64-bit number and stays a text. */
const MsgId = word.optional();

/**
 * What a member writes to the app. Only single chats: an app hears nothing of groups.
 * Source: WeCom D90239; `file` is not in it, but is sent.
 */
export const messages = [
  defineMessage('text', { en: 'Text', zh: '文本消息' }, { MsgId, Content: text }),
  defineMessage(
    'image',
    { en: 'Image', zh: '图片消息' },
    { MsgId, MediaId: id, PicUrl: word.optional() },
  ),
  defineMessage(
    'voice',
    { en: 'Voice', zh: '语音消息' },
    { MsgId, MediaId: id, Format: word.optional(), Recognition: text.optional() },
  ),
  defineMessage(
    'video',
    { en: 'Video', zh: '视频消息' },
    { MsgId, MediaId: id, ThumbMediaId: word.optional() },
  ),
  defineMessage(
    'location',
    { en: 'Location', zh: '位置消息' },
    {
      MsgId,
      /** Latitude, in degrees: X is not the longitude. */
      Location_X: degrees,
      /** Longitude, in degrees. */
      Location_Y: degrees,
      Scale: integer,
      Label: text.optional(),
      AppType: word.optional(),
    },
  ),
  defineMessage(
    'link',
    { en: 'Link', zh: '链接消息' },
    {
      MsgId,
      Title: text.optional(),
      Description: text.optional(),
      Url: id,
      PicUrl: word.optional(),
    },
  ),
  defineMessage(
    'file',
    { en: 'File', zh: '文件消息' },
    { MsgId, MediaId: id, FileName: text.optional() },
  ),
] as const;
