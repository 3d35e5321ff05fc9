import { expect, test } from 'vitest';
import { checkCard } from '../../../../src/adapters/wecom-bot/card/template-card.js';
import {
  encodeCard,
  encodeStream,
  encodeText,
  encodeUpdate,
} from '../../../../src/adapters/wecom-bot/encode.js';
import type { TemplateCard } from '../../../../src/index.js';

/** The samples of D101031, without their line breaks. An empty card stands for any. */
const anyCard = {} as TemplateCard;
const stream = {
  id: 'STREAMID',
  finish: false,
  content: '**广州**今日天气:29度,大部分多云,降雨概率:60%',
  msg_item: [{ msgtype: 'image', image: { base64: 'BASE64', md5: 'MD5' } }],
} as const;
const streamJson =
  '{"id":"STREAMID","finish":false,"content":"**广州**今日天气:29度,大部分多云,降雨概率:60%","msg_item":[{"msgtype":"image","image":{"base64":"BASE64","md5":"MD5"}}]}';

const cardJson =
  '{"card_type":"multiple_interaction","source":{"icon_url":"https://wework.qpic.cn/wwpic/252813_jOfDHtcISzuodLa_1629280209/0","desc":"企业微信"},"main_title":{"title":"欢迎使用企业微信","desc":"您的好友正在邀请您加入企业微信"},"select_list":[{"question_key":"question_key_one","title":"选择标签1","disable":false,"selected_id":"id_one","option_list":[{"id":"id_one","text":"选择器选项1"},{"id":"id_two","text":"选择器选项2"}]},{"question_key":"question_key_two","title":"选择标签2","selected_id":"id_three","option_list":[{"id":"id_three","text":"选择器选项3"},{"id":"id_four","text":"选择器选项4"}]}],"submit_button":{"text":"提交","key":"submit_key"},"task_id":"task_id"}';

test('a welcome in words is the sample of the platform', () => {
  expect(JSON.stringify(encodeText("hello\nI'm RobotA\n"))).toBe(
    '{"msgtype":"text","text":{"content":"hello\\nI\'m RobotA\\n"}}',
  );
});

test('a card is the sample of the platform, and passes the checks in its own order', () => {
  const card = checkCard(JSON.parse(cardJson));
  expect(JSON.stringify(encodeCard(card))).toBe(
    `{"msgtype":"template_card","template_card":${cardJson}}`,
  );
});

test('a stream is the sample of the platform', () => {
  expect(JSON.stringify(encodeStream(stream))).toBe(`{"msgtype":"stream","stream":${streamJson}}`);
});

test('a stream with a card is the sample of the platform', () => {
  expect(JSON.stringify(encodeStream(stream, anyCard))).toBe(
    `{"msgtype":"stream_with_template_card","stream":${streamJson},"template_card":{}}`,
  );
});

test('an update of a card is the sample of the platform', () => {
  expect(JSON.stringify(encodeUpdate(anyCard, ['USERID1', 'USERID2']))).toBe(
    '{"response_type":"update_template_card","userids":["USERID1","USERID2"],"template_card":{}}',
  );
});

test('an update for everybody names nobody', () => {
  expect(JSON.stringify(encodeUpdate(anyCard))).toBe(
    '{"response_type":"update_template_card","template_card":{}}',
  );
});
