/** What a card may and must have: R required, o optional (D101032). Written from the tables alone. */
const table: Readonly<Record<string, Readonly<Record<string, 'R' | 'o'>>>> = {
  text_notice: {
    source: 'o',
    action_menu: 'o',
    main_title: 'o',
    emphasis_content: 'o',
    quote_area: 'o',
    sub_title_text: 'o',
    horizontal_content_list: 'o',
    jump_list: 'o',
    card_action: 'R',
    task_id: 'o',
  },
  news_notice: {
    source: 'o',
    action_menu: 'o',
    main_title: 'R',
    quote_area: 'o',
    horizontal_content_list: 'o',
    jump_list: 'o',
    vertical_content_list: 'o',
    card_image: 'o',
    image_text_area: 'o',
    card_action: 'R',
    task_id: 'o',
  },
  button_interaction: {
    source: 'o',
    action_menu: 'o',
    main_title: 'R',
    quote_area: 'o',
    sub_title_text: 'o',
    horizontal_content_list: 'o',
    button_selection: 'o',
    button_list: 'R',
    card_action: 'o',
    task_id: 'R',
  },
  vote_interaction: {
    source: 'o',
    main_title: 'R',
    checkbox: 'R',
    submit_button: 'R',
    task_id: 'R',
  },
  multiple_interaction: {
    source: 'o',
    main_title: 'R',
    select_list: 'R',
    submit_button: 'R',
    task_id: 'o',
  },
};

const longest: Readonly<Record<string, readonly [number, number]>> = {
  horizontal_content_list: [0, 6],
  jump_list: [0, 3],
  vertical_content_list: [0, 4],
  button_list: [1, 6],
  select_list: [1, 3],
};

/** What is wrong with a card, `undefined` when nothing is. */
export function cardFault(card: Readonly<Record<string, unknown>>): string | undefined {
  const { card_type: type, feedback: _feedback, ...fields } = card;
  const allowed = table[String(type)];
  if (allowed === undefined) return `card_type ${String(type)}`;
  const faults = [
    ...Object.keys(allowed).flatMap((key) =>
      allowed[key] === 'R' && !(key in fields) ? [`${key} is missing`] : [],
    ),
    ...Object.keys(fields).flatMap((key) => (allowed[key] ? [] : [`${key} is not in it`])),
    ...Object.entries(fields).flatMap(([key, value]) => (isLength(key, value) ? [] : [key])),
    ...('action_menu' in fields && !('task_id' in fields) ? ['task_id is missing'] : []),
  ];
  const { task_id: taskId = 'none' } = fields;
  if (!/^[0-9A-Za-z_\-@]{1,128}$/u.test(String(taskId))) faults.push('task_id');
  return faults[0];
}

function isLength(key: string, value: unknown): boolean {
  const [min, max] = longest[key] ?? [0, Infinity];
  return !Array.isArray(value) || (value.length >= min && value.length <= max);
}
