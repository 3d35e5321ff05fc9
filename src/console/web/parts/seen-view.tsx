import type { ReactNode } from 'react';
import { roleNames } from '../../../core/names.js';
import type { MaybeText, SeenParts } from '../../api/contract.js';
import { useText } from '../language/language.js';
import { MaybeTextView } from './maybe-text.js';
import { texts } from './texts.js';

interface Props {
  readonly seen: SeenParts;
  /** Asks for the same with its text, where that is hidden. */
  readonly onShow?: () => Promise<SeenParts>;
}

/** What rules see of a message: what is said now, what it quotes, who is mentioned, the roles. */
export function SeenView({ seen, onShow }: Props) {
  const text = useText();
  const { words, quoted, mentions, roles } = seen;
  const shownOf = (part: (shown: SeenParts) => MaybeText | undefined) =>
    onShow && { onShow: async () => part(await onShow()) ?? {} };
  const facts: readonly (readonly [string, ReactNode])[] = [
    [
      text(texts.seen.words),
      words && <MaybeTextView value={words} {...shownOf((shown) => shown.words)} />,
    ],
    [
      text(texts.seen.quoted),
      quoted && (
        <>
          <MaybeTextView value={quoted} {...shownOf((shown) => shown.quoted)} />
          {speakerOf(quoted) !== undefined && (
            <span className="quiet"> {text(texts.seen.by(speakerOf(quoted) ?? ''))}</span>
          )}
        </>
      ),
    ],
    [
      text(texts.seen.mentions),
      words &&
        (mentions.map((one) => text(texts.seen.mention(one))).join(', ') || text(texts.seen.none)),
    ],
    [
      text(texts.seen.roles),
      roles.length === 0
        ? undefined
        : roles.map((role) => text(roleNames[role] ?? { en: role, zh: role })).join(', '),
    ],
  ];
  return (
    <dl className="facts seen" aria-label={text(texts.seen.title)}>
      {facts
        .filter(([, value]) => value !== undefined)
        .map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}

function speakerOf({ name, userId }: NonNullable<SeenParts['quoted']>): string | undefined {
  return name ?? userId;
}
