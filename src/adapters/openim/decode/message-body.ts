import { types } from 'wechaty-puppet';
import {
  ContentType,
  cardElement,
  customElement,
  faceElement,
  locationElement,
  mergerElement,
  textElement,
} from '../schema/elements.js';
import { type JsonRecord, parseRecord } from '../schema/index.js';
import type { MessageBody } from './decoded.js';
import { fileBody, pictureBody, videoBody, voiceBody } from './media-body.js';
import { richTextBody } from './rich-text-body.js';

/**
 * What a message says. `content` is a JSON document whose form depends on `contentType`; only the
 * official clients are held to it, so anything may come. What is no JSON object is a text, as the
 * documentation shows it.
 *
 * @param id of the message: names files that have no name
 */
export function messageBody(
  contentType: number | undefined,
  content: string,
  id: string,
): MessageBody {
  const element = content.trimStart().startsWith('{') ? parseRecord(content) : undefined;
  if (element !== undefined) {
    return (bodies.get(contentType) ?? unknownBody)(element, content, id);
  }
  const type = plainTypes.get(contentType) ?? types.Message.Text;
  return type === types.Message.Text ? { type, text: content } : { type };
}

/** Of messages that are no text although their content is no document. */
const plainTypes: ReadonlyMap<number | undefined, types.Message> = new Map([
  [ContentType.Picture, types.Message.Image],
  [ContentType.Voice, types.Message.Audio],
  [ContentType.Video, types.Message.Video],
  [ContentType.File, types.Message.Attachment],
  [ContentType.Merger, types.Message.ChatHistory],
  [ContentType.Card, types.Message.Contact],
  [ContentType.Location, types.Message.Location],
  [ContentType.Revoke, types.Message.Recalled],
]);

type ReadElement = (element: JsonRecord, content: string, id: string) => MessageBody;

const bodies: ReadonlyMap<number | undefined, ReadElement> = new Map<number, ReadElement>([
  [ContentType.Text, textBody],
  [ContentType.Markdown, textBody],
  [ContentType.AtText, richTextBody],
  [ContentType.Quote, richTextBody],
  [ContentType.AdvancedText, richTextBody],
  [ContentType.Picture, pictureBody],
  [ContentType.Voice, voiceBody],
  [ContentType.Video, videoBody],
  [ContentType.File, fileBody],
  [ContentType.Merger, mergerBody],
  [ContentType.Card, cardBody],
  [ContentType.Location, locationBody],
  [ContentType.Custom, customBody],
  [ContentType.CustomWithoutConversation, customBody],
  [ContentType.CustomOnlineOnly, customBody],
  [ContentType.Face, faceBody],
  [ContentType.Revoke, () => ({ type: types.Message.Recalled })],
]);

function unknownBody(_element: JsonRecord, content: string): MessageBody {
  return { type: types.Message.Unknown, text: content };
}

/** A text that looks like JSON, but is not OpenIM's, stays what it is. */
function textBody(element: JsonRecord, content: string): MessageBody {
  const known = typeof element['content'] === 'string';
  return { type: types.Message.Text, text: known ? textElement.parse(element).content : content };
}

function mergerBody(element: JsonRecord): MessageBody {
  const { title, abstractList } = mergerElement.parse(element);
  return { type: types.Message.ChatHistory, text: lines(title, ...abstractList) };
}

function cardBody(element: JsonRecord): MessageBody {
  const { userID, nickname } = cardElement.parse(element);
  const contact = userID === '' ? {} : { contactId: userID };
  return { type: types.Message.Contact, text: nickname || userID, ...contact };
}

/** In the text the place stands in words and in numbers, for rules and for receivers. */
function locationBody(element: JsonRecord): MessageBody {
  const { description, latitude, longitude } = locationElement.parse(element);
  const { name, address } = placeOf(description);
  const words = lines(name, address === name ? '' : address);
  if (latitude === undefined || longitude === undefined) {
    return { type: types.Message.Location, text: words };
  }
  return {
    type: types.Message.Location,
    text: lines(words, `${latitude},${longitude}`),
    location: { accuracy: 0, name, address, latitude, longitude },
  };
}

/** Clients agree to write a JSON document here, with fields of their own choice. */
function placeOf(description: string): { readonly name: string; readonly address: string } {
  const place = parseRecord(description);
  const named = (...keys: readonly string[]) =>
    keys.map((key) => place?.[key]).find((value) => typeof value === 'string' && value !== '');
  const name = named('name', 'title');
  const address = named('addr', 'address', 'description');
  if (name === undefined && address === undefined) {
    return { name: description, address: description };
  }
  return { name: String(name ?? address), address: String(address ?? name) };
}

function customBody(element: JsonRecord): MessageBody {
  const { data, description } = customElement.parse(element);
  return { type: types.Message.Unknown, text: data || description };
}

function faceBody(element: JsonRecord): MessageBody {
  const { index, data } = faceElement.parse(element);
  return { type: types.Message.Emoticon, text: data || String(index ?? '') };
}

function lines(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('\n');
}
