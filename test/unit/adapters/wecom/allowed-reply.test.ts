import { expect, test } from 'vitest';
import { readXml } from '../../../../src/adapters/shared/xml/index.js';
import { allowedReply } from '../../../../src/adapters/wecom/allowed-reply.js';
import { parseDocument } from '../../../../src/adapters/wecom/schema/index.js';
import { eventXml, messageXml } from '../../../support/wecom-samples.js';

test.each([
  [messageXml('text', '<Content>x</Content>'), 'message'],
  [messageXml('mixed', ''), 'message'],
  [eventXml('enter_agent', '', ''), 'message'],
  [eventXml('click', '', ''), 'message'],
  [eventXml('unsubscribe', '', ''), 'none'],
  [eventXml('template_card_event', '', ''), 'card'],
  [eventXml('taskcard_click', '', '<EventKey>k</EventKey><TaskId>t</TaskId>'), 'taskcard'],
  [eventXml('change_contact', 'delete_user', '<UserID>a</UserID>'), 'none'],
  [eventXml('new_event', '', ''), 'none'],
  ['<xml><InfoType>suite_ticket</InfoType></xml>', 'none'],
])('%s takes: %s', (xml, kind) => {
  expect(allowedReply(parseDocument(readXml(xml)))).toBe(kind);
});
