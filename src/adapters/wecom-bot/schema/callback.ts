import { z } from 'zod';

/** Absent, or anything but what it should be: nothing. Platforms add fields and change them. */
function lenient<T extends z.ZodType>(schema: T) {
  return schema.optional().catch(undefined);
}

const media = z.object({ url: z.string(), aeskey: lenient(z.string()) });
const content = z.object({ content: z.string() });
const item = z.object({ msgtype: z.string(), text: lenient(content), image: lenient(media) });

/** What a message or a quotation may hold; one of them, named by `msgtype`. */
const shown = {
  msgtype: z.string().catch(''),
  text: lenient(content),
  image: lenient(media),
  mixed: lenient(z.object({ msg_item: z.array(item) })),
  voice: lenient(content),
  file: lenient(media),
  video: lenient(media),
};

const option = z.object({
  question_key: z.string(),
  option_ids: z.object({ option_id: z.array(z.string()).catch([]) }).catch({ option_id: [] }),
});

const cardEvent = z.object({
  card_type: z.string().catch(''),
  event_key: z.string().catch(''),
  task_id: z.string().catch(''),
  selected_items: lenient(z.object({ selected_item: z.array(option) })),
});

const feedback = z.object({
  id: z.string().catch(''),
  type: z.number().catch(0),
  content: lenient(z.string()),
  inaccurate_reason_list: lenient(z.array(z.number())),
});

/** A callback after decryption (D100719, D101027). Fields that are not known are left out. */
export const callbackSchema = z.object({
  msgid: z.string().catch(''),
  aibotid: z.string().catch(''),
  chatid: lenient(z.string().min(1)),
  chattype: lenient(z.enum(['single', 'group'])),
  from: z.object({ userid: z.string() }).catch({ userid: '' }),
  response_url: lenient(z.string().min(1)),
  create_time: lenient(z.number()),
  ...shown,
  quote: lenient(z.object(shown)),
  stream: lenient(z.object({ id: z.string() })),
  event: lenient(
    z.object({
      eventtype: z.string(),
      template_card_event: lenient(cardEvent),
      feedback_event: lenient(feedback),
    }),
  ),
});

/** A callback. */
export type Callback = z.output<typeof callbackSchema>;

/** What a message or a quotation holds. */
export type Shown = Pick<Callback, keyof typeof shown>;
