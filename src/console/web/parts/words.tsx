import { Fragment } from 'react';
import type { Bilingual } from '../../../core/language.js';
import { useText } from '../language/language.js';

/** A text of the program; what stands between backticks is set as code. */
export function Words({ of }: { readonly of: Bilingual }) {
  const text = useText();
  return text(of)
    .split('`')
    .map((part, index) => {
      const key = `${index} ${part}`;
      return index % 2 === 1 ? (
        <code key={key}>{part}</code>
      ) : (
        <Fragment key={key}>{part}</Fragment>
      );
    });
}
