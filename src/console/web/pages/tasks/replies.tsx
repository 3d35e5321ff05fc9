import type { TaskDetail } from '../../../api/contract.js';
import { useText } from '../../language/language.js';
import { MaybeTextView } from '../../parts/maybe-text.js';
import { texts } from './texts.js';

/** What was said, or is to be said. */
export function Replies({ detail }: { readonly detail: TaskDetail }) {
  const text = useText();
  const { replies, said, refusal } = detail;
  return (
    <section className="box" aria-labelledby="replies">
      <h2 id="replies">{text(texts.replies)}</h2>
      {refusal && (
        <p>
          {text(texts.refusal)}: <MaybeTextView value={refusal} />
        </p>
      )}
      {replies.length > 0 && (
        <>
          <p className="quiet">{text(texts.repliesSaid(said, replies.length))}</p>
          <ul className="said">
            {replies.map((reply, index) => (
              // oxlint-disable-next-line react/no-array-index-key -- replies may be alike
              <li key={index}>
                {reply.type === 'text' ? (
                  <MaybeTextView value={reply} />
                ) : (
                  text(texts.notText(reply.type))
                )}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
