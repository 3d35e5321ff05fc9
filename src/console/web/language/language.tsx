import { createContext, use } from 'react';
import type { Bilingual, Language } from '../../../core/language.js';

/** The language of what is below, and how to choose another one. */
export interface LanguageContext {
  readonly language: Language;
  readonly choose: (language: Language) => void;
}

/** The language of what is below. */
export const LanguageProvider = createContext<LanguageContext>({
  language: 'zh',
  choose: () => {},
});

/** The language, and how to choose another one. */
export function useLanguage(): LanguageContext {
  return use(LanguageProvider);
}

/** Puts a text into the language of the page. */
export function useText(): (text: Bilingual) => string {
  const { language } = useLanguage();
  return (text) => text[language];
}

/** Chinese where the browser asks for it before English. */
export function browserLanguage(): Language {
  const first = navigator.languages.find((tag) => /^(?:zh|en)\b/iu.test(tag)) ?? 'en';
  return first.toLowerCase().startsWith('zh') ? 'zh' : 'en';
}
