import type { FileBoxInterface } from 'file-box';
import {
  type filters,
  Puppet,
  type payloads,
  throwUnsupportedError,
  type types,
} from 'wechaty-puppet';

/**
 * A puppet that can do nothing about people: every such call rejects as Wechaty's puppets reject
 * what their platform does not know. Adapters override what theirs knows.
 */
export abstract class PeoplelessPuppet extends Puppet {
  override async contactSelfName(_name: string): Promise<void> {
    throwUnsupportedError();
  }
  override async contactSelfQRCode(): Promise<string> {
    throwUnsupportedError();
  }
  override async contactSelfSignature(_signature: string): Promise<void> {
    throwUnsupportedError();
  }
  override contactAlias(_contactId: string): Promise<string>;
  override contactAlias(_contactId: string, _alias: string | null): Promise<void>;
  override async contactAlias(_contactId: string, _alias?: string | null): Promise<string | void> {
    throwUnsupportedError();
  }
  override contactAvatar(_contactId: string): Promise<FileBoxInterface>;
  override contactAvatar(_contactId: string, _file: FileBoxInterface): Promise<void>;
  override async contactAvatar(
    _contactId: string,
    _file?: FileBoxInterface,
  ): Promise<FileBoxInterface | void> {
    throwUnsupportedError();
  }
  override async contactPhone(_contactId: string, _phones: string[]): Promise<void> {
    throwUnsupportedError();
  }
  override async contactCorporationRemark(
    _contactId: string,
    _remark: string | null,
  ): Promise<void> {
    throwUnsupportedError();
  }
  override async contactDescription(
    _contactId: string,
    _description: string | null,
  ): Promise<void> {
    throwUnsupportedError();
  }
  override async friendshipAccept(_friendshipId: string): Promise<void> {
    throwUnsupportedError();
  }
  override async friendshipAdd(
    _contactId: string,
    _option?: types.FriendshipAddOptions,
  ): Promise<void> {
    throwUnsupportedError();
  }
  override async friendshipSearchPhone(_phone: string): Promise<null | string> {
    throwUnsupportedError();
  }
  override async friendshipSearchHandle(_handle: string): Promise<null | string> {
    throwUnsupportedError();
  }
  override async tagContactAdd(_tagId: string, _contactId: string): Promise<void> {
    throwUnsupportedError();
  }
  override async tagContactDelete(_tagId: string): Promise<void> {
    throwUnsupportedError();
  }
  override async tagContactList(_contactId?: string): Promise<string[]> {
    throwUnsupportedError();
  }
  override async tagContactRemove(_tagId: string, _contactId: string): Promise<void> {
    throwUnsupportedError();
  }
  override async postRawPayload(_postId: string): Promise<unknown> {
    throwUnsupportedError();
  }
  override async postRawPayloadParser(_raw: unknown): Promise<payloads.Post> {
    throwUnsupportedError();
  }
  override async postPublish(_post: payloads.Post): Promise<void | string> {
    throwUnsupportedError();
  }
  override async postSearch(
    _filter: filters.Post,
    _pagination?: filters.PaginationRequest,
  ): Promise<filters.PaginationResponse<string[]>> {
    throwUnsupportedError();
  }
  override async tap(_postId: string, _type?: types.Tap, _tap?: boolean): Promise<void | boolean> {
    throwUnsupportedError();
  }
  override async tapSearch(
    _postId: string,
    _query?: filters.Tap,
    _pagination?: filters.PaginationRequest,
  ): Promise<filters.PaginationResponse<payloads.Tap>> {
    throwUnsupportedError();
  }
}
