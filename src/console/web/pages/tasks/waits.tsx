import { type WaitsFor, waitsForText } from '../../../../core/waits-for.js';
import { Link, pathOf } from '../../frame/route.js';
import { useLanguage } from '../../language/language.js';
import { shortTime } from '../../language/times.js';

/** For what a task waits; a task that comes before it is a link. */
export function Waits({ waitsFor }: { readonly waitsFor: WaitsFor }) {
  const { language } = useLanguage();
  const words = waitsForText(waitsFor, (at) => shortTime(at, language))[language];
  return waitsFor.kind === 'task' ? (
    <Link to={pathOf('tasks', waitsFor.task)}>{words}</Link>
  ) : (
    words
  );
}
