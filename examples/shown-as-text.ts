import type { payloads } from 'wechaty-puppet';

const labels = {
  zh: { miniProgram: '小程序', contact: '名片', location: '位置' },
  en: { miniProgram: 'mini program', contact: 'contact', location: 'location' },
};

function joined(separator: string, ...texts: readonly (string | undefined)[]): string {
  return texts.filter(Boolean).join(separator);
}

/** How a terminal shows what is no text: what it is in brackets, and what is known of it. */
export interface ShownAsText {
  file(file: { readonly name: string }): string;
  link(link: payloads.UrlLink): string;
  miniProgram(program: payloads.MiniProgram): string;
  /** By the name. */
  contact(name: string): string;
  location(place: payloads.Location): string;
}

/** In the language of the terminal. */
export function shownAsText(chinese: boolean): ShownAsText {
  const label = chinese ? labels.zh : labels.en;
  return {
    file: ({ name }) => `[${name}]`,
    link: ({ title, url }) => `[${title}] ${url}`,
    miniProgram: ({ title, appid, pagePath }) =>
      `[${label.miniProgram}] ${joined(' · ', title, joined('/', appid, pagePath))}`,
    contact: (name) => `[${label.contact}] ${name}`,
    location: ({ name, address, latitude, longitude }) =>
      `[${label.location}] ${joined(' · ', name, address, `${latitude}, ${longitude}`)}`,
  };
}
