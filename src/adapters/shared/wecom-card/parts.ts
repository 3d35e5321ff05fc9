import { z } from 'zod';
import { expected } from '../../../core/expectation.js';
import { address, bytes, list, listOf, oneOf, text, truth } from './fields.js';

/** What a tap leads to: `1` an address, `2` a mini program, else nothing. */
export const target = {
  url: address.exactOptional(),
  appid: text.exactOptional(),
  pagepath: text.exactOptional(),
};

interface Leading {
  readonly type?: number | undefined;
  readonly url?: string | undefined;
  readonly appid?: string | undefined;
}

/** Whether there is what the type leads to. */
export const leads = ({ type, url, appid }: Leading) =>
  (type !== 1 || url !== undefined) && (type !== 2 || appid !== undefined);

export const targetMissing = {
  error: expected('url with type 1, appid with type 2', 'type 为 1 时须填 url，为 2 时须填 appid'),
};

/** Where the whole card leads. */
export const cardAction = z
  .strictObject({ type: oneOf(0, 1, 2), ...target })
  .refine(leads, targetMissing);

/** The same where the card must lead somewhere. */
export const neededCardAction = z
  .strictObject({ type: oneOf(1, 2), ...target })
  .refine(leads, targetMissing);

/** Where a card comes from, above its title. */
export const source = z.strictObject({
  icon_url: address.exactOptional(),
  desc: text.exactOptional(),
  desc_color: oneOf(0, 1, 2, 3).exactOptional(),
});

export const mainTitle = z.strictObject({
  title: text.exactOptional(),
  desc: text.exactOptional(),
});

/** A title that must be there. */
export const neededTitle = z.strictObject({ title: text, desc: text.exactOptional() });

export const quoteArea = z
  .strictObject({
    type: oneOf(0, 1, 2).exactOptional(),
    ...target,
    title: text.exactOptional(),
    quote_text: text.exactOptional(),
  })
  .refine(leads, targetMissing);

const ratio = { error: expected('a number from 1.3 to 2.25', '1.3 至 2.25 的数') };

export const cardImage = z.strictObject({
  url: address,
  aspect_ratio: z.number(ratio).min(1.3, ratio).max(2.25, ratio).exactOptional(),
});

export const imageTextArea = z
  .strictObject({
    type: oneOf(0, 1, 2).exactOptional(),
    ...target,
    title: text.exactOptional(),
    desc: text.exactOptional(),
    image_url: address,
  })
  .refine(leads, targetMissing);

export const verticalList = list(z.strictObject({ title: text, desc: text.exactOptional() }), 0, 4);

const option = z.strictObject({ id: bytes(128), text });

/** One choice out of up to ten. */
export const selection = z.strictObject({
  question_key: bytes(1024),
  title: text.exactOptional(),
  disable: truth.exactOptional(),
  selected_id: text.exactOptional(),
  option_list: listOf(option, [1, 10], 'id'),
});

export const checkbox = z.strictObject({
  question_key: bytes(1024),
  mode: oneOf(0, 1).exactOptional(),
  disable: truth.exactOptional(),
  option_list: listOf(option.extend({ is_checked: truth.exactOptional() }), [1, 20], 'id'),
});

export const submitButton = z.strictObject({ text, key: bytes(1024) });

/** Never used again within one bot. */
export const taskId = bytes(128).regex(/^[\w\-@]+$/u, {
  error: expected('letters, digits and _-@ only', '只能包含字母、数字和 _-@'),
});
