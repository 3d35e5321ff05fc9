/** What a page says in one language; HTML, so nothing of a stranger. */
export interface PlainText {
  readonly title: string;
  readonly text: string;
}

/** How a plain page is made. */
export interface PlainPageOptions {
  readonly zh: PlainText;
  readonly en: PlainText;
  /** For its styles. */
  readonly nonce: string;
  /** It is loaded again by itself after so many seconds; absent: never. */
  readonly reloadAfterS?: number;
}

/** A page without script that stands where the console cannot. */
export function plainPage({ zh, en, nonce, reloadAfterS }: PlainPageOptions): string {
  const reload =
    reloadAfterS === undefined ? '' : `<meta http-equiv="refresh" content="${reloadAfterS}">\n`;
  return `<!doctype html>
<html lang="zh">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
${reload}<title>wechaty-callback</title>
<style nonce="${nonce}">
:root { color-scheme: light dark; }
body { font: 16px/1.7 system-ui, sans-serif; max-width: 40em; margin: 15vh auto; padding: 0 1em; }
code { background: #8883; padding: 0.1em 0.4em; }
</style>
<h1>${zh.title}</h1>
<p>${zh.text}</p>
<div lang="en">
<h1>${en.title}</h1>
<p>${en.text}</p>
</div>
</html>
`;
}
