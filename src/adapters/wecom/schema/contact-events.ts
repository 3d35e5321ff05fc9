import { z } from 'zod';
import { defineChanges } from './definition.js';
import { id, integer, joined, text, word, wrapped } from './fields.js';

const extraAttribute = z.object({
  Name: text,
  Type: integer,
  Text: z.object({ Value: text }).optional(),
  Web: z.object({ Title: text.optional(), Url: word.optional() }).optional(),
  /** The layout before Text and Web. */
  Value: text.optional(),
});

/**
 * Everything but the id is optional: callback URLs since 2022-08-15 get ids only, and an update
 * tells only what changed. Absent means unchanged, `''` means emptied.
 */
const user = {
  UserID: id,
  Name: text.optional(),
  Department: joined.optional(),
  MainDepartment: word.optional(),
  /** `1` or `0` for each of Department, in its order. */
  IsLeaderInDept: joined.optional(),
  /** Before IsLeaderInDept. */
  IsLeader: word.optional(),
  DirectLeader: joined.optional(),
  Position: text.optional(),
  Mobile: word.optional(),
  /** 1 male, 2 female. */
  Gender: integer,
  Email: word.optional(),
  BizMail: word.optional(),
  /** 1 active, 2 disabled, 4 not activated, 5 left. */
  Status: integer,
  Avatar: word.optional(),
  Alias: text.optional(),
  Telephone: word.optional(),
  Address: text.optional(),
  ExtAttr: wrapped(['Item'], extraAttribute).optional(),
};

const party = { Id: id, Name: text.optional(), ParentId: word.optional() };

/** The address book (通讯录). Source: WeCom D90970, D90971, D90972. */
export const contactEvents = [
  ...defineChanges(
    'change_contact',
    { create_user: { en: 'A member was added', zh: '新增成员' } },
    user,
  ),
  ...defineChanges(
    'change_contact',
    { update_user: { en: 'A member changed', zh: '更新成员' } },
    { ...user, NewUserID: word.optional() },
  ),
  ...defineChanges(
    'change_contact',
    { delete_user: { en: 'A member was deleted', zh: '删除成员' } },
    { UserID: id },
  ),
  ...defineChanges(
    'change_contact',
    { create_party: { en: 'A department was added', zh: '新增部门' } },
    { ...party, Order: integer },
  ),
  ...defineChanges(
    'change_contact',
    { update_party: { en: 'A department changed', zh: '更新部门' } },
    party,
  ),
  ...defineChanges(
    'change_contact',
    { delete_party: { en: 'A department was deleted', zh: '删除部门' } },
    { Id: id },
  ),
  ...defineChanges(
    'change_contact',
    { update_tag: { en: 'The members of a tag changed', zh: '标签成员变更' } },
    {
      TagId: id,
      AddUserItems: joined.optional(),
      DelUserItems: joined.optional(),
      AddPartyItems: joined.optional(),
      DelPartyItems: joined.optional(),
    },
  ),
] as const;
