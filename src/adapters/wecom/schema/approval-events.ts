import { z } from 'zod';
import { defineEvent } from './definition.js';
import { integer, list, renamed, text, word, wrapped } from './fields.js';

const person = z.object({ UserId: word.optional(), Party: word.optional() });

const detail = z.object({
  Approver: person.optional(),
  Speech: text.optional(),
  SpStatus: integer,
  SpTime: integer,
  Attach: list(word),
});

const subNode = z.object({
  UserInfo: person.optional(),
  SpYj: integer,
  Sptime: integer,
  Speech: text.optional(),
  MediaIds: list(word),
});

const node = z.object({
  NodeType: integer,
  SpStatus: integer,
  ApvRel: integer,
  SubNodeList: list(subNode),
});

const systemApproval = renamed(
  { Applyer: 'Applier', Notifyer: 'Notifier', StatuChangeEvent: 'StatusChangeEvent' },
  {
    /** Missing for some; SpNoStr is the better one. */
    SpNo: word.optional(),
    SpNoStr: word.optional(),
    SpName: text.optional(),
    /** 1 pending, 2 approved, 3 rejected, 4 withdrawn, 6 withdrawn later, 7 deleted, 10 paid. */
    SpStatus: integer,
    TemplateId: word.optional(),
    ApplyTime: integer,
    Applier: person.optional(),
    SpRecord: list(z.object({ SpStatus: integer, ApproverAttr: integer, Details: list(detail) })),
    Notifier: list(person),
    Comments: list(
      z.object({
        CommentUserInfo: person.optional(),
        CommentTime: integer,
        CommentContent: text.optional(),
        CommentId: word.optional(),
        Attach: list(word),
      }),
    ),
    ProcessList: wrapped(['NodeList'], node),
    /** 1 submitted, 2 agreed, 3 rejected, 4 transferred, 5 urged, 6 withdrawn, 8 withdrawn later, 10 commented, 11 sent back, … */
    StatusChangeEvent: integer,
  },
);

const item = {
  ItemName: text.optional(),
  ItemUserid: word.optional(),
  ItemParty: text.optional(),
  ItemImage: word.optional(),
};

const approvalItem = z.object({
  ...item,
  ItemStatus: integer,
  ItemSpeech: text.optional(),
  ItemOpTime: integer,
});

const approvalNode = z.object({
  NodeStatus: integer,
  NodeAttr: integer,
  NodeType: integer,
  Items: wrapped(['Item'], approvalItem),
});

const openApproval = renamed(
  { approverstep: 'ApproverStep' },
  {
    ThirdNo: word.optional(),
    OpenSpName: text.optional(),
    OpenTemplateId: word.optional(),
    /** 1 pending, 2 approved, 3 rejected, 4 withdrawn. */
    OpenSpStatus: integer,
    ApplyTime: integer,
    ApplyUserName: text.optional(),
    ApplyUserId: word.optional(),
    ApplyUserParty: text.optional(),
    ApplyUserImage: word.optional(),
    ApprovalNodes: wrapped(['ApprovalNode'], approvalNode),
    NotifyNodes: wrapped(['NotifyNode'], z.object(item)),
    /** The step that is at work, counted from 0. */
    ApproverStep: integer,
  },
);

/** Approvals (审批). Source: WeCom D91815, D90240. */
export const approvalEvents = [
  defineEvent(
    'sys_approval_change',
    { en: 'An approval moved on', zh: '审批申请状态变化' },
    { ApprovalInfo: systemApproval },
  ),
  defineEvent(
    'open_approval_change',
    { en: 'An approval of the app’s own flow moved on', zh: '自建应用审批状态变化' },
    { ApprovalInfo: openApproval },
  ),
] as const;
