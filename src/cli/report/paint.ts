/** Gives a text its colour, or leaves it alone where none are shown. */
export type Paint = (color: Color, text: string) => string;

/** What a text is, which decides its colour. */
export type Color = 'good' | 'bad' | 'warning' | 'strong' | 'quiet';

// Not `styleText` of node:util: the first versions of Node 20 do not have it.
const codes: Readonly<Record<Color, readonly [on: number, off: number]>> = {
  good: [32, 39],
  bad: [31, 39],
  warning: [33, 39],
  strong: [1, 22],
  quiet: [2, 22],
};

/** Paints with the codes of terminals when `colors` is true. */
export function painter(colors: boolean): Paint {
  if (!colors) return (_color, text) => text;
  return (color, text) => {
    const [on, off] = codes[color];
    return `\u001B[${on}m${text}\u001B[${off}m`;
  };
}
