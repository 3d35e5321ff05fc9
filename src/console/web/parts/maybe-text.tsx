import { Button } from 'antd';
import { useState } from 'react';
import type { MaybeText } from '../../api/contract.js';
import { useAction } from '../api/use-action.js';
import { useText } from '../language/language.js';
import { texts } from './texts.js';

interface Props {
  readonly value: MaybeText;
  /** Asks for the text; the program notes in its log that somebody looked. */
  readonly onShow?: () => Promise<MaybeText>;
}

/** What somebody said, or a button where it is held back. */
export function MaybeTextView({ value, onShow }: Props) {
  const text = useText();
  const { isRunning, failure, run } = useAction();
  const [shown, setShown] = useState<MaybeText>();
  const { text: said, hidden, cutFrom } = shown ?? value;
  if (said !== undefined) {
    return (
      <>
        <span className="words">{said}</span>
        {cutFrom !== undefined && <span className="quiet"> … {text(cutText(cutFrom))}</span>}
      </>
    );
  }
  if (hidden !== true) return null;
  if (shown !== undefined || onShow === undefined) {
    return <span className="quiet">{text(shown === undefined ? texts.hidden : texts.gone)}</span>;
  }
  const show = () => {
    void run(async () => setShown(await onShow()));
  };
  return (
    <>
      <Button size="small" loading={isRunning} onClick={show}>
        {text(texts.show)}
      </Button>
      {failure && <span className="field-problems">{text(failure)}</span>}
    </>
  );
}

function cutText(characters: number) {
  return {
    en: `(cut: ${characters} characters)`,
    zh: `（已截断：原文共 ${characters} 个字符）`,
  };
}
