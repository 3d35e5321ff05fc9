/** What is shown where the page was not built, which only happens in a checkout. */
export function missingPage(nonce: string): string {
  return `<!doctype html>
<html lang="zh">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>wechaty-callback</title>
<style nonce="${nonce}">
body { font: 16px/1.7 system-ui, sans-serif; max-width: 40em; margin: 15vh auto; padding: 0 1em; }
code { background: #eee; padding: 0.1em 0.4em; }
</style>
<h1>控制台页面尚未构建</h1>
<p>接口已在运行。请执行 <code>npm run build</code>，然后刷新本页。</p>
<h1>The console's page is not built</h1>
<p>Its API runs. Run <code>npm run build</code>, then load this page again.</p>
</html>
`;
}
