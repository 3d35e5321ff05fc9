/** A request or a response as it is shown to who may not read what people said. */
export function withoutBody<Shown extends { readonly body?: string }>(
  shown: Shown,
): Omit<Shown, 'body'> & { readonly hidden: true } {
  const { body: _body, ...rest } = shown;
  return { ...rest, hidden: true };
}
