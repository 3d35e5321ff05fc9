/** What to type for another password, as the program was started. */
export const passwordCommand =
  document.querySelector<HTMLMetaElement>('meta[name="password-command"]')?.content ?? '';
