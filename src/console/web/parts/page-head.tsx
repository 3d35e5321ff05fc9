import { type ReactNode, useEffect } from 'react';
import { texts } from '../frame/texts.js';
import { useText } from '../language/language.js';

interface Props {
  readonly title: string;
  /** Buttons beside it. */
  readonly children?: ReactNode;
}

/** The title of a page, in the window's title as well. */
export function PageHead({ title, children }: Props) {
  const text = useText();
  const product = text(texts.product);
  useEffect(() => {
    document.title = `${title} - ${product}`;
  }, [title, product]);
  return (
    <div className="page-head">
      <h1>{title}</h1>
      {children && <div className="page-tools">{children}</div>}
    </div>
  );
}
