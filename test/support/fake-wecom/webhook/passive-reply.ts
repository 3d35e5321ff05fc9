import { checkMedia, cut } from '../rest/body-shape.js';
import { show, type World } from '../world.js';
import { type CallbackKeys, open } from './envelope.js';
import { type Element, noOthers, only, parseXml } from './strict-xml.js';

/** What a passive reply answers. */
export interface Asked {
  readonly from: string;
  readonly agentId: number;
  /** `message`, or the event's name. */
  readonly about: string;
}

/** What may be answered, besides messages (D90241). */
const answerable = new Set([
  'message',
  'subscribe',
  'enter_agent',
  'LOCATION',
  'click',
  'view',
  'view_miniprogram',
  'scancode_waitmsg',
  'template_card_menu_event',
]);
const updates = new Set(['update_button', 'update_template_card']);

/**
 * Reads the body of an answer, in the shape that was posted, and shows it to the member.
 *
 * @throws Error naming the fault: the member sees nothing then
 */
export function takePassiveReply(
  world: World,
  keys: CallbackKeys,
  { body, format, asked }: { body: string; format: 'xml' | 'json'; asked: Asked },
): void {
  const sealed = format === 'xml' ? xmlEnvelope(body) : jsonEnvelope(body);
  const document = parseXml(open(keys, sealed));
  const type = only(document, 'MsgType').text;
  const isUpdate = updates.has(type);
  const isAllowed = isUpdate ? asked.about === 'template_card_event' : answerable.has(asked.about);
  if (!isAllowed) throw new Error(`${asked.about} may not be answered with ${type}`);
  checkHead(document, keys.receiveId, asked);
  const read = readers[type];
  if (!read) throw new Error(`there is no passive reply ${type}`);
  const { content, isCut } = cut(read(document, world));
  const { agentId } = asked;
  const at = world.clock.now();
  show(world, asked.from, { via: 'passive', agentId, msgtype: type, content, isCut, at });
}

function xmlEnvelope(body: string) {
  const envelope = parseXml(body);
  noOthers(envelope, 'Encrypt', 'MsgSignature', 'TimeStamp', 'Nonce');
  return {
    encrypt: only(envelope, 'Encrypt').text,
    signature: only(envelope, 'MsgSignature').text,
    timestamp: only(envelope, 'TimeStamp').text,
    nonce: only(envelope, 'Nonce').text,
  };
}

function jsonEnvelope(body: string) {
  const envelope = JSON.parse(body) as Record<string, unknown>;
  const keys = Object.keys(envelope).toSorted().join();
  if (keys !== 'encrypt,msgsignature,nonce,timestamp') throw new Error(`wrong keys: ${keys}`);
  return {
    encrypt: String(envelope['encrypt']),
    signature: String(envelope['msgsignature']),
    timestamp: String(envelope['timestamp']),
    nonce: String(envelope['nonce']),
  };
}

const common = ['ToUserName', 'FromUserName', 'CreateTime', 'MsgType'];

function checkHead(document: Element, corpId: string, { from }: Asked): void {
  if (only(document, 'ToUserName').text !== from) throw new Error('ToUserName is not the member');
  if (only(document, 'FromUserName').text !== corpId) throw new Error('FromUserName is no corp id');
  const time = only(document, 'CreateTime').text;
  if (!/^\d{10}$/u.test(time)) throw new Error('CreateTime is no seconds');
}

type Reader = (document: Element, world: World) => Record<string, unknown>;

const readMedia =
  (kind: string, wrapper: string): Reader =>
  (document, world) => {
    noOthers(document, ...common, wrapper);
    const media = only(document, wrapper);
    if (kind === 'video') noOthers(media, 'MediaId', 'Title', 'Description');
    else noOthers(media, 'MediaId');
    const id = only(media, 'MediaId').text;
    checkMedia(world, id, kind);
    const others = media.children.filter(({ name }) => name !== 'MediaId');
    return { media_id: id, ...texts(others) };
  };

function texts(elements: readonly Element[]): Record<string, string> {
  return Object.fromEntries(elements.map(({ name, text }) => [name.toLowerCase(), text]));
}

const readers: Readonly<Record<string, Reader>> = {
  text: (document) => {
    noOthers(document, ...common, 'Content');
    return { content: only(document, 'Content').text };
  },
  image: readMedia('image', 'Image'),
  voice: readMedia('voice', 'Voice'),
  video: readMedia('video', 'Video'),
  news: (document) => {
    noOthers(document, ...common, 'ArticleCount', 'Articles');
    const { children } = only(document, 'Articles');
    const count = Number(only(document, 'ArticleCount').text);
    const isRight = count === children.length && count >= 1 && count <= 8;
    if (!isRight || children.some(({ name }) => name !== 'item')) throw new Error('wrong articles');
    for (const item of children) {
      noOthers(item, 'Title', 'Description', 'PicUrl', 'Url');
      for (const name of ['Title', 'Url']) only(item, name);
    }
    return { articles: children.map((item) => texts(item.children)) };
  },
  update_button: (document) => {
    noOthers(document, ...common, 'Button');
    return { replaced: only(only(document, 'Button'), 'ReplaceName').text };
  },
  update_template_card: (document) => {
    noOthers(document, ...common, 'TemplateCard');
    const card = only(document, 'TemplateCard');
    only(card, 'CardType');
    return asObject(card);
  },
};

/** A card: siblings of one name make a list. */
function asObject({ children }: Element): Record<string, unknown> {
  const object: Record<string, unknown> = {};
  for (const name of new Set(children.map((child) => child.name))) {
    const values = children
      .filter((child) => child.name === name)
      .map((child) => (child.children.length > 0 ? asObject(child) : child.text));
    object[name] = values.length > 1 ? values : values[0];
  }
  return object;
}
