import { z } from 'zod';
import type { World } from '../world.js';
import { refuse } from './refusal.js';

// Written from the platform's description alone, so that a mistake of ours is not shared.

const filled = z.string().regex(/\S/u);
const link = filled.regex(/^https?:\/\/\S+$/u).max(2048);
const mediaOf = z.strictObject({ media_id: filled });
const opt = <T extends z.ZodType>(type: T) => type.optional();

const jump = { url: opt(link), appid: opt(filled), pagepath: opt(filled) };
const typed = z.union([z.literal(0), z.literal(1), z.literal(2)]);
const key = filled.max(1024);
const option = { id: filled.max(128), text: filled };

const cardCommon = {
  source: opt(
    z.strictObject({
      icon_url: opt(link),
      desc: opt(filled),
      desc_color: opt(z.int().min(0).max(3)),
    }),
  ),
  action_menu: opt(
    z.strictObject({
      desc: opt(filled),
      action_list: z
        .array(z.strictObject({ text: filled, key }))
        .min(1)
        .max(3),
    }),
  ),
  task_id: opt(z.string().regex(/^[0-9A-Za-z_\-@]{1,128}$/u)),
  main_title: opt(z.strictObject({ title: opt(filled), desc: opt(filled) })),
  quote_area: opt(
    z.strictObject({ type: opt(typed), ...jump, title: opt(filled), quote_text: opt(filled) }),
  ),
  card_action: opt(z.strictObject({ type: typed, ...jump })),
};
const horizontal = opt(
  z
    .array(
      z
        .strictObject({
          keyname: filled,
          value: opt(filled),
          type: opt(z.int().min(0).max(3)),
          url: opt(link),
          media_id: opt(filled),
          userid: opt(filled),
        })
        .refine(({ type, url }) => type !== 1 || url)
        .refine(({ type, media_id }) => type !== 2 || media_id)
        .refine(({ type, userid }) => type !== 3 || userid),
    )
    .max(6),
);
const jumps = opt(z.array(z.strictObject({ type: opt(typed), title: filled, ...jump })).max(3));
const choices = z.strictObject({
  question_key: key,
  title: opt(filled),
  option_list: z.array(z.strictObject(option)).min(1).max(10),
  selected_id: opt(filled),
  disable: opt(z.boolean()),
});
const interactive = { task_id: z.string().regex(/^[0-9A-Za-z_\-@]{1,128}$/u) };
const submit = z.strictObject({ text: filled, key });
const target = z
  .strictObject({ type: z.union([z.literal(1), z.literal(2)]), ...jump })
  .refine(({ type, url, appid }) => (type === 1 ? url : appid));

/** A menu's clicks need a task to belong to. */
const menuHasTask = (each: { action_menu?: unknown; task_id?: unknown }) =>
  each.action_menu === undefined || each.task_id !== undefined;

export const card = z.discriminatedUnion('card_type', [
  z
    .strictObject({
      card_type: z.literal('text_notice'),
      ...cardCommon,
      card_action: target,
      emphasis_content: opt(z.strictObject({ title: opt(filled), desc: opt(filled) })),
      sub_title_text: opt(filled),
      horizontal_content_list: horizontal,
      jump_list: jumps,
    })
    .refine((each) => each.main_title?.title ?? each.sub_title_text)
    .refine(menuHasTask),
  z
    .strictObject({
      card_type: z.literal('news_notice'),
      ...cardCommon,
      card_action: target,
      image_text_area: opt(
        z.strictObject({
          type: opt(typed),
          ...jump,
          title: opt(filled),
          desc: opt(filled),
          image_url: link,
        }),
      ),
      card_image: opt(
        z.strictObject({ url: link, aspect_ratio: opt(z.number().min(1.3).max(2.25)) }),
      ),
      vertical_content_list: opt(
        z.array(z.strictObject({ title: filled, desc: opt(filled) })).max(4),
      ),
      horizontal_content_list: horizontal,
      jump_list: jumps,
    })
    .refine((each) => each.image_text_area ?? each.card_image)
    .refine(menuHasTask),
  z.strictObject({
    card_type: z.literal('button_interaction'),
    ...cardCommon,
    ...interactive,
    sub_title_text: opt(filled),
    horizontal_content_list: horizontal,
    button_selection: opt(choices),
    button_list: z
      .array(
        z
          .strictObject({
            type: opt(z.union([z.literal(0), z.literal(1)])),
            text: filled,
            style: opt(z.int().min(1).max(4)),
            key: opt(key),
            url: opt(link),
          })
          .refine((button) => (button.type === 1 ? button.url : button.key)),
      )
      .min(1)
      .max(6),
    replace_text: opt(filled),
  }),
  z.strictObject({
    card_type: z.literal('vote_interaction'),
    ...cardCommon,
    ...interactive,
    checkbox: z.strictObject({
      question_key: key,
      mode: opt(z.union([z.literal(0), z.literal(1)])),
      disable: opt(z.boolean()),
      option_list: z
        .array(z.strictObject({ ...option, is_checked: opt(z.boolean()) }))
        .min(1)
        .max(20),
    }),
    submit_button: submit,
    replace_text: opt(filled),
  }),
  z.strictObject({
    card_type: z.literal('multiple_interaction'),
    ...cardCommon,
    ...interactive,
    select_list: z.array(choices).min(1).max(3),
    submit_button: submit,
    replace_text: opt(filled),
  }),
]);

const shapes: Readonly<Record<string, z.ZodType>> = {
  text: z.strictObject({ content: filled, mentioned_list: opt(z.array(filled)) }),
  image: mediaOf,
  voice: mediaOf,
  file: mediaOf,
  video: mediaOf.extend({ title: opt(filled), description: opt(filled) }),
  textcard: z.strictObject({
    title: filled,
    description: filled,
    url: link,
    btntxt: opt(filled.max(4)),
  }),
  news: z.strictObject({
    articles: z
      .array(
        z
          .strictObject({
            title: filled,
            description: opt(filled),
            url: opt(link),
            picurl: opt(link),
            appid: opt(filled),
            pagepath: opt(filled),
          })
          .refine(({ url, appid, pagepath }) => url ?? (appid && pagepath)),
      )
      .min(1)
      .max(8),
  }),
  mpnews: z.strictObject({
    articles: z
      .array(
        z.strictObject({
          title: filled,
          thumb_media_id: filled,
          author: opt(filled),
          content_source_url: opt(link),
          content: filled.max(666 * 1024),
          digest: opt(filled),
        }),
      )
      .min(1)
      .max(8),
  }),
  markdown: z.strictObject({ content: filled }),
  miniprogram_notice: z.strictObject({
    appid: filled,
    page: opt(filled),
    title: filled.min(4).max(12),
    description: opt(filled.min(4).max(12)),
    emphasis_first_item: opt(z.boolean()),
    content_item: opt(z.array(z.strictObject({ key: filled, value: filled })).max(10)),
  }),
  template_card: card,
};

const mediaTypes = new Set(['image', 'voice', 'video', 'file']);

/** The content of a message, refused where the platform would not take it. */
export function readContent(world: World, body: Record<string, unknown>, allowed?: string[]) {
  const msgtype = String(body['msgtype']);
  const shape = shapes[msgtype];
  if (!shape || allowed?.includes(msgtype) === false) refuse(40_008, 'invalid message type');
  const content = (body[msgtype] ?? {}) as { content?: unknown; media_id?: string };
  if (content.content === '') refuse(44_004, 'empty content');
  const parsed = shape.safeParse(content);
  if (!parsed.success) refuse(40_058, `${msgtype}: ${parsed.error.issues[0]?.path.join('.')}`);
  if (mediaTypes.has(msgtype)) checkMedia(world, String(content.media_id), msgtype);
  return { msgtype, ...cut(parsed.data as Record<string, unknown>) };
}

const threeDays = 3 * 24 * 3600 * 1000;

export function checkMedia(world: World, id: string, kind: string): void {
  const media = world.media.get(id);
  const isGone = !media || media.at + threeDays <= world.clock.now();
  if (isGone || media.kind !== kind) refuse(40_007, 'invalid media_id');
}

const limits: Readonly<Record<string, number>> = { content: 2048, title: 128, description: 512 };

/** What is too long is cut without a word, between bytes. Articles of mpnews have a long content. */
export function cut(value: Record<string, unknown>) {
  let isCut = false;
  const walk = (each: unknown, within: string): unknown => {
    if (Array.isArray(each)) return each.map((entry) => walk(entry, within));
    if (typeof each !== 'object' || each === null) return each;
    return Object.fromEntries(
      Object.entries(each).map(([name, inner]: [string, unknown]) => {
        const limit = 'thumb_media_id' in each && name === 'content' ? undefined : limits[name];
        if (typeof inner !== 'string' || limit === undefined) return [name, walk(inner, name)];
        const bytes = Buffer.from(inner);
        if (bytes.length <= limit) return [name, inner];
        isCut = true;
        return [name, bytes.subarray(0, limit).toString('utf8')];
      }),
    );
  };
  return { content: walk(value, '') as Record<string, unknown>, isCut };
}
