import { z } from 'zod';
import { expected } from '../../../core/expectation.js';
import { address, bytes, list, listOf, oneOf, text } from '../../shared/wecom-card/fields.js';
import * as parts from '../../shared/wecom-card/parts.js';

const { leads, target, targetMissing } = parts;

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
      {
        error: expected(
          'url with type 1, media_id with type 2, userid with type 3',
          'type 为 1 时须填 url，2 须填 media_id，3 须填 userid',
        ),
      },
    ),
  0,
  6,
);

export const jumpList = list(
  z
    .strictObject({ type: oneOf(0, 1, 2).exactOptional(), title: text, ...target })
    .refine(leads, targetMissing),
  0,
  3,
);

export const buttonList = list(
  z
    .strictObject({
      type: oneOf(0, 1).exactOptional(),
      text,
      style: oneOf(1, 2, 3, 4).exactOptional(),
      key: bytes(1024).exactOptional(),
      url: address.exactOptional(),
    })
    .refine(({ type = 0, key, url }) => (type === 0 ? key : url) !== undefined, {
      error: expected(
        'a key with type 0, a url with type 1',
        'type 为 0 时须填 key，为 1 时须填 url',
      ),
    }),
  1,
  6,
);

/** What every card may have. */
export const commonParts = {
  source: parts.source.exactOptional(),
  action_menu: z
    .strictObject({
      desc: text.exactOptional(),
      action_list: listOf(z.strictObject({ text, key: bytes(1024) }), [1, 3], 'key'),
    })
    .exactOptional(),
  main_title: parts.mainTitle.exactOptional(),
  quote_area: parts.quoteArea.exactOptional(),
};
