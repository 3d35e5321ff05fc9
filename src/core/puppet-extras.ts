/** How much text a platform takes in one message. */
export interface TextLimit {
  readonly unit: 'bytes' | 'characters';
  readonly max: number;
}

/** What a puppet of ours can say about itself that Wechaty has no word for. */
export interface PuppetExtras {
  /** Default: 2,000 characters. */
  readonly textLimit?: TextLimit;
}

const extrasKey = Symbol.for('wechaty-callback.puppet-extras');

/** The extras of a puppet; none for a puppet that is not ours. */
export function puppetExtras(puppet: object): PuppetExtras {
  return (puppet as { [extrasKey]?: PuppetExtras })[extrasKey] ?? {};
}

/** Gives a puppet its extras. */
export function setPuppetExtras(puppet: object, extras: PuppetExtras): void {
  Object.defineProperty(puppet, extrasKey, { value: extras, configurable: true });
}
