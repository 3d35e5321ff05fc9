import { z } from 'zod';
import { address, bytes, list, must, oneOf, text } from './fields.js';

/** What a tap leads to: `1` an address, `2` a mini program, `0` nothing. */
interface Leading {
  readonly type?: number;
  readonly url?: string;
  readonly appid?: string;
}

const targetFields = {
  url: address.exactOptional(),
  appid: text.exactOptional(),
  pagepath: text.exactOptional(),
};

const targetMissing = must(
  'type 1 needs url, type 2 needs appid',
  'type 为 1 时须填 url，为 2 时须填 appid',
);

function leads({ type, url, appid }: Leading): boolean {
  return (type !== 1 || url !== undefined) && (type !== 2 || appid !== undefined);
}

const linkType = oneOf(0, 1, 2).exactOptional();

/** Where the whole card leads. */
export const cardAction = z
  .strictObject({ type: oneOf(0, 1, 2), ...targetFields })
  .refine(leads, targetMissing);

/** The same where WeCom demands that the card leads somewhere. */
export const neededCardAction = z
  .strictObject({ type: oneOf(1, 2), ...targetFields })
  .refine(leads, targetMissing);

export const mainTitle = z.strictObject({
  title: text.exactOptional(),
  desc: text.exactOptional(),
});

const quoteArea = z
  .strictObject({
    type: linkType,
    ...targetFields,
    title: text.exactOptional(),
    quote_text: text.exactOptional(),
  })
  .refine(leads, targetMissing);

export const horizontalList = list(
  z
    .strictObject({
      keyname: text,
      value: text.exactOptional(),
      type: oneOf(0, 1, 2, 3).exactOptional(),
      url: address.exactOptional(),
      media_id: text.exactOptional(),
      userid: text.exactOptional(),
    })
    .refine(
      ({ type, url, media_id, userid }) =>
        type === undefined || [true, url, media_id, userid][type] !== undefined,
      must(
        'type 1 needs url, type 2 media_id, type 3 userid',
        'type 为 1 时须填 url，2 须填 media_id，3 须填 userid',
      ),
    ),
  0,
  6,
);

export const jumpList = list(
  z.strictObject({ type: linkType, title: text, ...targetFields }).refine(leads, targetMissing),
  0,
  3,
);

export const imageTextArea = z
  .strictObject({
    type: linkType,
    ...targetFields,
    title: text.exactOptional(),
    desc: text.exactOptional(),
    image_url: address,
  })
  .refine(leads, targetMissing);

const ratio = must('a number from 1.3 to 2.25', '1.3 至 2.25 的数');

export const cardImage = z.strictObject({
  url: address,
  aspect_ratio: z.number(ratio).min(1.3, ratio).max(2.25, ratio).exactOptional(),
});

export const verticalList = list(z.strictObject({ title: text, desc: text.exactOptional() }), 0, 4);

const option = z.strictObject({ id: bytes(128), text });

/** One choice out of up to ten. */
export const selection = z.strictObject({
  question_key: bytes(1024),
  title: text.exactOptional(),
  option_list: list(option, 1, 10),
  selected_id: text.exactOptional(),
  disable: z.boolean().exactOptional(),
});

export const checkbox = z.strictObject({
  question_key: bytes(1024),
  mode: oneOf(0, 1).exactOptional(),
  disable: z.boolean().exactOptional(),
  option_list: list(option.extend({ is_checked: z.boolean().exactOptional() }), 1, 20),
});

export const submitButton = z.strictObject({ text, key: bytes(1024) });

export const buttonList = list(
  z
    .strictObject({
      type: oneOf(0, 1).exactOptional(),
      text,
      style: oneOf(1, 2, 3, 4).exactOptional(),
      key: bytes(1024).exactOptional(),
      url: address.exactOptional(),
    })
    .refine(
      ({ type = 0, key, url }) => (type === 0 ? key : url) !== undefined,
      must('type 0 needs key, type 1 needs url', 'type 为 0 时须填 key，为 1 时须填 url'),
    ),
  1,
  6,
);

/** Unique within the app. */
export const taskId = bytes(128).regex(
  /^[\w\-@]+$/u,
  must('letters, digits and _-@ only', '只能包含字母、数字和 _-@'),
);

/** What every card may have. */
export const commonParts = {
  source: z
    .strictObject({
      icon_url: address.exactOptional(),
      desc: text.exactOptional(),
      desc_color: oneOf(0, 1, 2, 3).exactOptional(),
    })
    .exactOptional(),
  action_menu: z
    .strictObject({
      desc: text.exactOptional(),
      action_list: list(z.strictObject({ text, key: bytes(1024) }), 1, 3),
    })
    .exactOptional(),
  main_title: mainTitle.exactOptional(),
  quote_area: quoteArea.exactOptional(),
};
