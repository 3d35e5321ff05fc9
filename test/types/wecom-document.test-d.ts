import { expectTypeOf, test } from 'vitest';
import type { WeComDocument } from '../../src/adapters/wecom/schema/index.js';

type Message<MsgType extends string> = Extract<WeComDocument, { readonly MsgType: MsgType }>;
type Event<Name extends string, ChangeType extends string = ''> = Extract<
  WeComDocument,
  { readonly MsgType: 'event'; readonly Event: Name; readonly ChangeType: ChangeType }
>;

const contentOf = (document: WeComDocument) =>
  document.MsgType === 'text' ? document.Content : undefined;

test('a message has the fields of its MsgType', () => {
  expectTypeOf<Message<'text'>['Content']>().toEqualTypeOf<string>();
  expectTypeOf<Message<'location'>['Location_X']>().toEqualTypeOf<number>();
  expectTypeOf<Message<'other'>['originalMsgType']>().toEqualTypeOf<string>();
});

test('an event has the fields of its Event and ChangeType', () => {
  expectTypeOf<Event<'template_card_event'>['SelectedItems']>().toEqualTypeOf<
    { QuestionKey: string; OptionIds: string[] }[]
  >();
  type Update = Event<'change_external_chat', 'update'>;
  expectTypeOf<Update['MemChangeList']>().toEqualTypeOf<string[]>();
  expectTypeOf<Update['JoinScene']>().toEqualTypeOf<number | undefined>();
});

test('one ChangeType has other fields under another event', () => {
  expectTypeOf<Event<'customer_acquisition', 'del_follow_user'>>().toHaveProperty('LinkId');
  expectTypeOf<Event<'change_external_contact', 'del_follow_user'>>().not.toHaveProperty('LinkId');
});

test('a document is narrowed by comparing', () => {
  expectTypeOf(contentOf).returns.toEqualTypeOf<string | undefined>();
});
