import type { ComponentType } from 'react';
import { isReference } from '../draft/kept.js';
import type { InputKind } from '../layout/sections.js';
import { EntriesInput } from './entries-input.js';
import { ExamplesInput } from './examples-input.js';
import { FoldInput } from './fold-input.js';
import type { InputProps } from './input-props.js';
import { ListInput } from './list-input.js';
import { MapInput } from './map-input.js';
import { MentionInput } from './mention-input.js';
import {
  ChoiceInput,
  ChoicesInput,
  NumberInput,
  SwitchInput,
  TextInput,
  WordsInput,
} from './plain-inputs.js';
import { ReplySwitch } from './reply-switch.js';
import { SecretInput } from './secret-input.js';
import { SecretsInput } from './secrets-input.js';
import { WindowsInput } from './windows-input.js';

const inputs: Readonly<Record<InputKind, ComponentType<InputProps>>> = {
  text: TextInput,
  words: WordsInput,
  number: NumberInput,
  switch: SwitchInput,
  choice: ChoiceInput,
  choices: ChoicesInput,
  list: ListInput,
  map: MapInput,
  secret: SecretInput,
  secrets: SecretsInput,
  contacts: (props) => <EntriesInput {...props} kind="contacts" />,
  rooms: (props) => <EntriesInput {...props} kind="rooms" />,
  tags: (props) => <EntriesInput {...props} kind="tags" />,
  mention: MentionInput,
  fold: FoldInput,
  windows: WindowsInput,
  reply: ReplySwitch,
  examples: ExamplesInput,
};

/** Kinds of several controls: their name stands above them all. */
export const groups: ReadonlySet<InputKind> = new Set(['map', 'secrets', 'windows', 'examples']);

/** The input of a key; a text where the file reads it from the environment. */
export function InputOf({ kind, ...props }: InputProps & { readonly kind: InputKind }) {
  const isFromEnvironment = isReference(props.value) && kind !== 'secret';
  const Input = isFromEnvironment ? TextInput : inputs[kind];
  return <Input {...props} />;
}
