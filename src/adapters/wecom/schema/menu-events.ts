import { z } from 'zod';
import { defineEvent } from './definition.js';
import { decimal, integer, text, word, wrapped } from './fields.js';

const EventKey = word.optional();

const scan = {
  EventKey,
  ScanCodeInfo: z.object({ ScanType: word.optional(), ScanResult: text }),
};

const pictures = {
  EventKey,
  SendPicsInfo: z.object({
    Count: integer,
    // One PicList of many items, or many of one item each: both are sent.
    PicList: wrapped(['item'], z.object({ PicMd5Sum: word })),
  }),
};

/** What a member does with the app's menu. Source: WeCom D90240. */
export const menuEvents = [
  defineEvent(
    'click',
    { en: 'A menu button was pressed', zh: '点击菜单' },
    { EventKey: word },
    { passiveReply: 'message' },
  ),
  defineEvent(
    'view',
    { en: 'A menu button opened a link', zh: '点击菜单打开链接' },
    { EventKey: word },
    { passiveReply: 'message' },
  ),
  defineEvent(
    'view_miniprogram',
    { en: 'A menu button opened a mini program', zh: '点击菜单打开小程序' },
    { EventKey: word },
    { passiveReply: 'message' },
  ),
  defineEvent(
    'scancode_push',
    { en: 'A code was scanned from the menu', zh: '菜单扫码（推送事件）' },
    scan,
  ),
  defineEvent(
    'scancode_waitmsg',
    {
      en: 'A code was scanned from the menu, and a message is awaited',
      zh: '菜单扫码（等待消息）',
    },
    scan,
    { passiveReply: 'message' },
  ),
  defineEvent(
    'pic_sysphoto',
    { en: 'A photo was taken from the menu', zh: '菜单拍照发图' },
    pictures,
  ),
  defineEvent(
    'pic_photo_or_album',
    { en: 'A photo was taken or chosen from the menu', zh: '菜单拍照或相册发图' },
    pictures,
  ),
  defineEvent(
    'pic_weixin',
    { en: 'Pictures were chosen from the menu', zh: '菜单相册选图' },
    pictures,
  ),
  defineEvent(
    'location_select',
    { en: 'A place was chosen from the menu', zh: '菜单选择地理位置' },
    {
      EventKey,
      SendLocationInfo: z.object({
        /** Latitude, in degrees. */
        Location_X: decimal,
        /** Longitude, in degrees. */
        Location_Y: decimal,
        Scale: integer,
        Label: text.optional(),
        Poiname: text.optional(),
      }),
      AppType: word.optional(),
    },
  ),
] as const;
