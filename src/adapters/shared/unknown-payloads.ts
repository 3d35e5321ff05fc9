import { type payloads, types } from 'wechaty-puppet';

/** A contact of whom nothing is known but the id; the name is empty, which rules take for unknown. */
export function unknownContact(id: string): payloads.Contact {
  return {
    id,
    name: '',
    gender: types.ContactGender.Unknown,
    type: types.Contact.Individual,
    avatar: '',
    phone: [],
  };
}

/** A room of which nothing is known but the id. */
export function unknownRoom(id: string): payloads.Room {
  return { id, topic: '', memberIdList: [], adminIdList: [] };
}
