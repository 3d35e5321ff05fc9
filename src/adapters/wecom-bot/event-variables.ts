import type { Callback } from './schema/callback.js';

/** What the thumbs say, by their numbers (D101027). */
const opinions: Readonly<Record<number, string>> = {
  1: 'accurate',
  2: 'inaccurate',
  3: 'cancelled',
};

/**
 * The fields of an event for rules and receivers, all as text. What was chosen on a card is in
 * `selected` (all ids, with commas) and, for each question, in `selected.<question_key>`.
 */
export function variablesOf(callback: Callback): Readonly<Record<string, string>> {
  const { aibotid, chatid, chattype, create_time: time, from, event } = callback;
  return present({
    aibotid,
    chatid,
    chattype,
    userid: from.userid,
    create_time: time,
    eventtype: event?.eventtype,
    ...cardVariables(event?.template_card_event),
    ...feedbackVariables(event?.feedback_event),
  });
}

type Event = NonNullable<Callback['event']>;

function cardVariables(click: Event['template_card_event']) {
  if (click === undefined) return {};
  const chosen = [...chosenIn(click)];
  return {
    card_type: click.card_type,
    event_key: click.event_key,
    task_id: click.task_id,
    ...(chosen.length > 0 && { selected: chosen.flatMap(([, ids]) => ids).join(',') }),
    ...Object.fromEntries(chosen.map(([key, ids]) => [`selected.${key}`, ids.join(',')])),
  };
}

function feedbackVariables(feedback: Event['feedback_event']) {
  if (feedback === undefined) return {};
  return {
    feedback_id: feedback.id,
    feedback: opinions[feedback.type] ?? String(feedback.type),
    feedback_text: feedback.content,
    feedback_reasons: feedback.inaccurate_reason_list?.join(','),
  };
}

/** What was chosen on a card, by question. */
export function chosenIn(click: NonNullable<Event['template_card_event']>) {
  const items = click.selected_items?.selected_item ?? [];
  return new Map(items.map((each) => [each.question_key, each.option_ids.option_id]));
}

function present(fields: Readonly<Record<string, string | number | undefined>>) {
  const entries = Object.entries(fields).filter(
    (entry): entry is [string, string | number] => entry[1] !== undefined,
  );
  return Object.fromEntries(entries.map(([name, value]) => [name, String(value)]));
}
