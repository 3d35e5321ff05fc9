import type { FileBoxInterface } from 'file-box';
import { type payloads, throwUnsupportedError, type types } from 'wechaty-puppet';
import { CallbackError } from '../../core/errors.js';
import { PeoplelessPuppet } from './peopleless-puppet.js';

/**
 * A puppet that can do nothing: every call rejects as Wechaty's puppets reject what their platform
 * does not know. Adapters override what theirs knows.
 */
export abstract class UnsupportedPuppet extends PeoplelessPuppet {
  override async conversationReadMark(
    _conversationId: string,
    _hasRead?: boolean,
  ): Promise<void | boolean> {
    throwUnsupportedError();
  }
  override async messageContact(_messageId: string): Promise<string> {
    throwUnsupportedError();
  }
  override async messageFile(_messageId: string): Promise<FileBoxInterface> {
    throwUnsupportedError();
  }
  override async messageImage(_messageId: string, _size: types.Image): Promise<FileBoxInterface> {
    throwUnsupportedError();
  }
  override async messageMiniProgram(_messageId: string): Promise<payloads.MiniProgram> {
    throwUnsupportedError();
  }
  override async messageUrl(_messageId: string): Promise<payloads.UrlLink> {
    throwUnsupportedError();
  }
  override async messageLocation(_messageId: string): Promise<payloads.Location> {
    throwUnsupportedError();
  }
  override async messageForward(
    _conversationId: string,
    _messageId: string,
  ): Promise<void | string> {
    throwUnsupportedError();
  }
  override async messageSendContact(
    _conversationId: string,
    _contactId: string,
  ): Promise<void | string> {
    throwUnsupportedError();
  }
  override async messageSendFile(
    _conversationId: string,
    _file: FileBoxInterface,
  ): Promise<void | string> {
    throwUnsupportedError();
  }
  override async messageSendLocation(
    _conversationId: string,
    _location: payloads.Location,
  ): Promise<void | string> {
    throwUnsupportedError();
  }
  override async messageSendMiniProgram(
    _conversationId: string,
    _program: payloads.MiniProgram,
  ): Promise<void | string> {
    throwUnsupportedError();
  }
  override async messageSendPost(
    _conversationId: string,
    _post: payloads.Post,
  ): Promise<void | string> {
    throwUnsupportedError();
  }
  override async messageSendText(
    _conversationId: string,
    _text: string,
    _mentionIds?: string[],
  ): Promise<void | string> {
    throwUnsupportedError();
  }
  override async messageSendUrl(
    _conversationId: string,
    _link: payloads.UrlLink,
  ): Promise<void | string> {
    throwUnsupportedError();
  }
  override async messageRecall(_messageId: string): Promise<boolean> {
    throwUnsupportedError();
  }
  override async roomAdd(
    _roomId: string,
    _contactId: string | string[],
    _inviteOnly?: boolean,
  ): Promise<void> {
    throwUnsupportedError();
  }
  override async roomAvatar(_roomId: string): Promise<FileBoxInterface> {
    throwUnsupportedError();
  }
  override async roomCreate(_contactIds: string[], _topic?: string): Promise<string> {
    throwUnsupportedError();
  }
  override async roomDel(_roomId: string, _contactId: string | string[]): Promise<void> {
    throwUnsupportedError();
  }
  override async roomQRCode(_roomId: string): Promise<string> {
    throwUnsupportedError();
  }
  override async roomQuit(_roomId: string): Promise<void> {
    throwUnsupportedError();
  }
  override roomTopic(_roomId: string): Promise<string>;
  override roomTopic(_roomId: string, _topic: string): Promise<void>;
  override async roomTopic(_roomId: string, _topic?: string): Promise<string | void> {
    throwUnsupportedError();
  }
  override roomAnnounce(_roomId: string): Promise<string>;
  override roomAnnounce(_roomId: string, _text: string): Promise<void>;
  override async roomAnnounce(_roomId: string, _text?: string): Promise<string | void> {
    throwUnsupportedError();
  }
  override async roomInvitationAccept(_invitationId: string): Promise<void> {
    throwUnsupportedError();
  }
  override async roomInvitationRawPayload(_invitationId: string): Promise<unknown> {
    throwUnsupportedError();
  }
  override async roomInvitationRawPayloadParser(_raw: unknown): Promise<payloads.RoomInvitation> {
    throwUnsupportedError();
  }

  override async friendshipRawPayload(friendshipId: string): Promise<payloads.Friendship> {
    throw new CallbackError('friendship-forgotten', {
      text: {
        en: `The friendship ${friendshipId} is not known, or not any more.`,
        zh: `未知或已淘汰的好友事件 ${friendshipId}。`,
      },
    });
  }

  override async friendshipRawPayloadParser(
    payload: payloads.Friendship,
  ): Promise<payloads.Friendship> {
    return payload;
  }
}
