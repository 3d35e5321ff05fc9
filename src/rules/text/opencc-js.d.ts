declare module 'opencc-js/dict/TSCharacters' {
  /** `traditional simplified` pairs, one character each, joined by `|`. */
  const dictionary: string;

  export { dictionary as default };
}
