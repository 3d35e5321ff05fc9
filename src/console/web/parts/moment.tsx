import { useLanguage } from '../language/language.js';
import { fullTime, shortTime } from '../language/times.js';

/** A time, short; in full when pointed at. */
export function Moment({ at }: { readonly at: number }) {
  const { language } = useLanguage();
  return (
    <time dateTime={new Date(at).toISOString()} title={fullTime(at, language)}>
      {shortTime(at, language)}
    </time>
  );
}
