/**
 * The fields of platform events that are personal beyond the ids of people and what they say: names,
 * pictures, ways to reach somebody, places, devices. A name stands for the field wherever it is in an
 * event, with all that is below it. Letter case does not count.
 */
interface PlatformFields {
  /** In every event of the platform. */
  readonly always: readonly string[];
  /** By the event's name without the platform's prefix; in others the same name may be about no person. */
  readonly events: Readonly<Record<string, readonly string[]>>;
}

const member = [
  'Name',
  'Position',
  'Mobile',
  'Gender',
  'Email',
  'BizMail',
  'Avatar',
  'ThumbAvatar',
  'QrCode',
  'Alias',
  'Telephone',
  'Address',
  'ExtAttr',
  'ExternalProfile',
];
const sender = ['senderNickname', 'senderFaceURL', 'faceURL'];
const profile = ['nickname', 'faceURL', 'ex'];
const remark = ['remark'];
const user = [
  'name',
  'displayName',
  'portrait',
  'gender',
  'mobile',
  'email',
  'address',
  'company',
  'social',
  'extra',
];
const others = ['senderUserInfo', 'targetUserInfo', 'clientId'];

const platforms: Readonly<Record<string, PlatformFields>> = {
  wecom: {
    always: ['Mobile', 'Telephone', 'Email', 'BizMail', 'SendLocationInfo'],
    events: {
      'change_contact/create_user': member,
      'change_contact/update_user': member,
      LOCATION: ['Latitude', 'Longitude', 'Precision'],
      location: ['Location_X', 'Location_Y', 'Label'],
      location_select: ['SendLocationInfo'],
    },
  },
  wecomBot: { always: ['mobile', 'email', 'avatar'], events: {} },
  openim: {
    always: ['senderNickname', 'senderFaceURL', 'phoneNumber', 'email', 'birth', 'gender'],
    events: {
      callbackBeforeSendSingleMsgCommand: sender,
      callbackAfterSendSingleMsgCommand: sender,
      callbackBeforeSendGroupMsgCommand: sender,
      callbackAfterSendGroupMsgCommand: sender,
      callbackBeforeMsgModifyCommand: sender,
      callbackAfterMsgSaveDBCommand: sender,
      callbackBeforeUserRegisterCommand: profile,
      callbackAfterUserRegisterCommand: profile,
      callbackBeforeUpdateUserInfoCommand: profile,
      callbackAfterUpdateUserInfoCommand: profile,
      callbackBeforeUpdateUserInfoExCommand: profile,
      callbackAfterUpdateUserInfoExCommand: profile,
      callbackBeforeSetFriendRemarkCommand: remark,
      callbackAfterSetFriendRemarkCommand: remark,
      callbackBeforeSetGroupMemberInfoCommand: profile,
      callbackAfterSetGroupMemberInfoCommand: profile,
      callbackBeforeMembersJoinGroupCommand: ['ex'],
    },
  },
  wildfire: {
    always: ['displayName', 'gender', 'mobile', 'email', 'address', 'ip', ...others],
    events: {
      'user.info': user,
      'user.online': ['clientId', 'ip', 'sessions', 'customText'],
      message: others,
      mention: others,
      sensitive: others,
      censor: others,
      recall: others,
      'channel.message': others,
      'user.relation': ['value'],
      'group.member': ['value'],
    },
  },
};

/** Switches and roles stand where names do. */
const isNumber = /^\d{1,3}$/u;

/** The fields of an event that are about a person, as its documents spell them. */
export function listedPersonalFields(event: string): readonly string[] {
  const colon = event.indexOf(':');
  return platforms[event.slice(0, colon)]?.events[event.slice(colon + 1)] ?? [];
}

/** The events that have fields of their own which are about a person. */
export function personalEvents(): readonly string[] {
  return Object.entries(platforms).flatMap(([platform, { events }]) =>
    Object.keys(events).map((name) => `${platform}:${name}`),
  );
}

/** Says of one field of an event whether it is personal: `path` is its name, parts joined by dots. */
export type IsPersonal = (path: string, value?: unknown) => boolean;

/** Tells the personal fields of an event from others; `undefined`: events of Wechaty have none. */
export function personalIn(event: string): IsPersonal | undefined {
  const colon = event.indexOf(':');
  const fields = colon < 0 ? undefined : platforms[event.slice(0, colon)];
  if (fields === undefined) return undefined;
  const listed = [...fields.always, ...listedPersonalFields(event)];
  const names = new Set(listed.map((name) => name.toLowerCase()));
  return (path, value) =>
    path.split('.').some((part) => names.has(part.toLowerCase())) &&
    !(path === 'value' && typeof value === 'string' && isNumber.test(value));
}
