/** Says files that streams cannot show. */
export type SayFile = (
  conversationId: string,
  file: { readonly name: string; readonly bytes: Buffer },
) => Promise<void>;
