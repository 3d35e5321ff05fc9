/** One POST of an alert. */
export interface AlertRequest {
  readonly url: URL;
  /** JSON. */
  readonly body: string;
}

/** What came back. Never holds a part of the address. */
export type AlertAnswer =
  /** `body`: at most some kB of it; empty for a status other than 2xx. */
  | { readonly kind: 'response'; readonly status: number; readonly body: string }
  /** `isFinal`: another try cannot end otherwise. */
  | { readonly kind: 'failed'; readonly reason: string; readonly isFinal?: boolean };

/** Posts an alert. Never rejects, ends by itself, follows no redirect, repeats nothing. */
export type PostAlert = (request: AlertRequest, signal?: AbortSignal) => Promise<AlertAnswer>;
