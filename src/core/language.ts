/** The languages that people read here: the console, errors, the command line. */
export type Language = 'en' | 'zh';

/** One text in every language. */
export type Bilingual = Readonly<Record<Language, string>>;

/** The language of a POSIX locale such as `zh_CN.UTF-8`; English unless it is Chinese. */
export function languageOf(locale: string | undefined): Language {
  return locale?.toLowerCase().startsWith('zh') ? 'zh' : 'en';
}
