/** What the policy wants to see on every style that is made here; fresh for every visit. */
export const nonce =
  document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';

/**
 * Gives every style that is made the nonce. Ant Design does so where it is told to, but not for the
 * style that keeps the page still behind a dialog.
 */
export function markStyles(): void {
  const create = document.createElement.bind(document);
  document.createElement = (name: string, options?: ElementCreationOptions) => {
    const element = create(name, options);
    if (element instanceof HTMLStyleElement) element.nonce = nonce;
    return element;
  };
}
