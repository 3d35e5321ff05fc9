import { expectTypeOf, test } from 'vitest';
import type { WeComDocument } from '../../src/adapters/wecom/schema/index.js';

declare const document: WeComDocument;

test('a document is narrowed by MsgType, then Event, then ChangeType', () => {
  if (document.MsgType === 'text') expectTypeOf(document.Content).toEqualTypeOf<string>();
  if (document.MsgType === 'location') expectTypeOf(document.Location_X).toEqualTypeOf<number>();
  if (document.MsgType === 'other') expectTypeOf(document.originalMsgType).toBeString();
  if (document.MsgType !== 'event') return;
  if (document.Event === 'template_card_event') {
    expectTypeOf(document.SelectedItems).toEqualTypeOf<
      { QuestionKey: string; OptionIds: string[] }[]
    >();
  }
  if (document.Event === 'change_external_chat' && document.ChangeType === 'update') {
    expectTypeOf(document.MemChangeList).toEqualTypeOf<string[]>();
    expectTypeOf(document.JoinScene).toEqualTypeOf<number | undefined>();
  }
  if (document.Event === 'customer_acquisition' && document.ChangeType === 'del_follow_user') {
    expectTypeOf(document.LinkId).toEqualTypeOf<string | undefined>();
  }
  if (document.Event === 'change_external_contact' && document.ChangeType === 'del_follow_user') {
    // @ts-expect-error the same word under another event has other fields
    void document.LinkId;
  }
});
