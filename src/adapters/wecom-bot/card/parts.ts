import { z } from 'zod';
import { expected } from '../../../core/expectation.js';
import { address, bytes, list, listOf, oneOf, text } from '../../shared/wecom-card/fields.js';
import { leads, target, targetMissing } from '../../shared/wecom-card/parts.js';

/** The menu at the top right. */
export const actionMenu = z.strictObject({
  desc: text,
  action_list: listOf(z.strictObject({ text, key: bytes(1024) }), [1, 3], 'key'),
});

export const horizontalList = list(
  z
    .strictObject({
      keyname: text,
      value: text.exactOptional(),
      type: oneOf(0, 1, 3).exactOptional(),
      url: address.exactOptional(),
      userid: text.exactOptional(),
    })
    .refine(
      ({ type, url, userid }) =>
        (type !== 1 || url !== undefined) && (type !== 3 || userid !== undefined),
      {
        error: expected(
          'url with type 1, userid with type 3',
          'type 为 1 时须填 url，为 3 时须填 userid',
        ),
      },
    ),
  0,
  6,
);

export const jumpList = list(
  z
    .strictObject({
      type: oneOf(0, 1, 2, 3).exactOptional(),
      title: text,
      question: bytes(200).exactOptional(),
      ...target,
    })
    .refine(leads, targetMissing)
    .refine(({ type, question }) => type !== 3 || question !== undefined, {
      path: ['question'],
      error: expected('a question with type 3', 'type 为 3 时必填'),
    }),
  0,
  3,
);

export const buttonList = listOf(
  z.strictObject({ text, style: oneOf(1, 2, 3, 4).exactOptional(), key: bytes(1024) }),
  [1, 6],
  'key',
);

export const feedback = z.strictObject({ id: bytes(256) });
