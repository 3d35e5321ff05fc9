import { plainPage } from './plain-page.js';

/** What is shown where the page was not built, which only happens in a checkout. */
export function missingPage(nonce: string): string {
  return plainPage({
    nonce,
    zh: {
      title: '控制台页面尚未构建',
      text: '接口已在运行。请执行 <code>npm run build</code>，然后刷新本页。',
    },
    en: {
      title: "The console's page is not built",
      text: 'Its API runs. Run <code>npm run build</code>, then load this page again.',
    },
  });
}
