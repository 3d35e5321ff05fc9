import { useLanguage } from '../../language/language.js';
import { clockTime } from '../../language/times.js';

interface Bar {
  readonly at: number;
  readonly value: number | undefined;
}

interface Props {
  /** What it shows, in words. */
  readonly label: string;
  /** The oldest first. */
  readonly bars: readonly Bar[];
  readonly stepMs: number;
  readonly isBad: boolean;
  readonly say: (value: number) => string;
}

const height = 80;
const step = 6;

/** A small chart of bars; each says its value when it is pointed at. */
export function BarChart({ label, bars, stepMs, isBad, say }: Props) {
  const { language } = useLanguage();
  const most = Math.max(1, ...bars.map(({ value = 0 }) => value));
  const width = bars.length * step;
  const first = bars[0]?.at ?? 0;
  const last = (bars.at(-1)?.at ?? 0) + stepMs;
  const middle = bars[Math.floor(bars.length / 2)]?.at ?? 0;
  return (
    <>
      <svg
        className={isBad ? 'bars bars-bad' : 'bars'}
        viewBox={`0 0 ${width} ${height}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={label}
      >
        <line x1="0" y1={height - 0.5} x2={width} y2={height - 0.5} />
        {bars.map(({ at, value = 0 }, index) => {
          const size = value === 0 ? 0 : Math.max(2, (value / most) * (height - 4));
          return (
            <rect key={at} x={index * step + 1} y={height - size} width={step - 2} height={size}>
              <title>{`${clockTime(at, language)} ${say(value)}`}</title>
            </rect>
          );
        })}
      </svg>
      <div className="axis quiet" aria-hidden>
        <span>{clockTime(first, language)}</span>
        <span>{clockTime(middle, language)}</span>
        <span>{clockTime(last, language)}</span>
      </div>
    </>
  );
}
