/** One document of WeCom's per kind of event, as its pages show them, and what is read from it. */
export interface WeComSample {
  readonly event: string;
  /** All of them have the same fields; `['']` for an event without one. */
  readonly changeTypes: readonly string[];
  /** The event's own part of the document. */
  readonly xml: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

function sample(
  event: string,
  changeTypes: string | readonly string[],
  xml: string,
  fields: Readonly<Record<string, unknown>>,
): WeComSample {
  return {
    event,
    changeTypes: typeof changeTypes === 'string' ? changeTypes.split(' ') : changeTypes,
    xml,
    fields,
  };
}

const key = '<EventKey><![CDATA[key-1]]></EventKey>';
const keyed = { EventKey: 'key-1' };
const nothing = {};

const scan = `${key}<ScanCodeInfo><ScanType><![CDATA[qrcode]]></ScanType><ScanResult><![CDATA[ 1 ]]></ScanResult></ScanCodeInfo>`;
const scanned = { ...keyed, ScanCodeInfo: { ScanType: 'qrcode', ScanResult: ' 1 ' } };

const pictures = `${key}<SendPicsInfo><Count>2</Count><PicList><item><PicMd5Sum><![CDATA[aa]]></PicMd5Sum></item><item><PicMd5Sum><![CDATA[bb]]></PicMd5Sum></item></PicList></SendPicsInfo>`;
const picked = {
  ...keyed,
  SendPicsInfo: { Count: 2, PicList: [{ PicMd5Sum: 'aa' }, { PicMd5Sum: 'bb' }] },
};

const card = `${key}<TaskId><![CDATA[task-1]]></TaskId><CardType><![CDATA[vote_interaction]]></CardType><ResponseCode><![CDATA[code-1]]></ResponseCode>`;
const carded = { ...keyed, TaskId: 'task-1', CardType: 'vote_interaction', ResponseCode: 'code-1' };

const appSamples = [
  sample('subscribe', [''], '', nothing),
  sample('unsubscribe', [''], '', nothing),
  sample('enter_agent', [''], '<EventKey><![CDATA[]]></EventKey>', { EventKey: '' }),
  sample(
    'LOCATION',
    [''],
    '<Latitude>23.104105</Latitude><Longitude>113.320107</Longitude><Precision>65.000000</Precision><AppType><![CDATA[wxwork]]></AppType>',
    { Latitude: 23.104105, Longitude: 113.320107, Precision: 65, AppType: 'wxwork' },
  ),
  sample(
    'batch_job_result',
    [''],
    '<BatchJob><JobId><![CDATA[S0MrnndvRG5fadSlLwiBqiDDbM143UqTmKP3152FZk4]]></JobId><JobType><![CDATA[sync_user]]></JobType><ErrCode>0</ErrCode><ErrMsg><![CDATA[ok]]></ErrMsg></BatchJob>',
    {
      JobId: 'S0MrnndvRG5fadSlLwiBqiDDbM143UqTmKP3152FZk4',
      JobType: 'sync_user',
      ErrCode: 0,
      ErrMsg: 'ok',
    },
  ),
  sample('share_agent_change', [''], '', nothing),
  sample('share_chain_change', [''], '', nothing),
  sample('inactive_alert', [''], '<EffectTime>1734508800</EffectTime>', {
    EffectTime: 1_734_508_800,
  }),
  sample('close_inactive_agent', [''], '', nothing),
  sample('reopen_inactive_agent', [''], '', nothing),
  sample('low_active_alert', [''], '<EffectTime>1734508800</EffectTime>', {
    EffectTime: 1_734_508_800,
  }),
  sample('low_active', [''], '', nothing),
  sample('active_restored', [''], '', nothing),
  sample('switch_workbench_mode', [''], '<Mode>1</Mode>', { Mode: 1 }),
  sample('upload_media_job_finish', [''], '<JobId><![CDATA[jobid_1]]></JobId>', {
    JobId: 'jobid_1',
  }),
  sample('change_app_admin', [''], '', nothing),
];

const menuSamples = [
  sample('click', [''], key, keyed),
  sample('view', [''], '<EventKey>https://a.example/?a=1&amp;b=2</EventKey>', {
    EventKey: 'https://a.example/?a=1&b=2',
  }),
  sample('view_miniprogram', [''], key, keyed),
  sample('scancode_push', [''], scan, scanned),
  sample('scancode_waitmsg', [''], scan, scanned),
  sample('pic_sysphoto', [''], pictures, picked),
  sample('pic_photo_or_album', [''], pictures, picked),
  sample('pic_weixin', [''], pictures, picked),
  sample(
    'location_select',
    [''],
    `${key}<SendLocationInfo><Location_X><![CDATA[23]]></Location_X><Location_Y><![CDATA[113.5]]></Location_Y><Scale><![CDATA[15]]></Scale><Label><![CDATA[广州市海珠区]]></Label><Poiname><![CDATA[]]></Poiname></SendLocationInfo><AppType>wxwork</AppType>`,
    {
      SendLocationInfo: {
        Location_X: 23,
        Location_Y: 113.5,
        Scale: 15,
        Label: '广州市海珠区',
        Poiname: '',
      },
      AppType: 'wxwork',
    },
  ),
  sample(
    'template_card_event',
    [''],
    `${card}<SelectedItems><SelectedItem><QuestionKey>q1</QuestionKey><OptionIds><OptionId>a</OptionId><OptionId>b</OptionId></OptionIds></SelectedItem><SelectedItem><QuestionKey>q2</QuestionKey><OptionIds><OptionId>c</OptionId></OptionIds></SelectedItem></SelectedItems>`,
    {
      ...carded,
      SelectedItems: [
        { QuestionKey: 'q1', OptionIds: ['a', 'b'] },
        { QuestionKey: 'q2', OptionIds: ['c'] },
      ],
    },
  ),
  sample('template_card_menu_event', [''], card, carded),
  sample('taskcard_click', [''], `${key}<TaskId>task-1</TaskId>`, { ...keyed, TaskId: 'task-1' }),
];

const user = `<UserID><![CDATA[007]]></UserID><Name><![CDATA[张三]]></Name><Department><![CDATA[1,2,3]]></Department><MainDepartment>1</MainDepartment><IsLeaderInDept><![CDATA[1,0,0]]></IsLeaderInDept><DirectLeader><![CDATA[lisi,wangwu]]></DirectLeader><Position><![CDATA[产品经理]]></Position><Mobile>13800000000</Mobile><Gender>1</Gender><Email><![CDATA[zhangsan@example.com]]></Email><Status>1</Status><Alias><![CDATA[]]></Alias><ExtAttr><Item><Name><![CDATA[爱好]]></Name><Type>0</Type><Text><Value><![CDATA[旅游]]></Value></Text></Item></ExtAttr>`;
const read = {
  UserID: '007',
  Name: '张三',
  Department: ['1', '2', '3'],
  MainDepartment: '1',
  IsLeaderInDept: ['1', '0', '0'],
  DirectLeader: ['lisi', 'wangwu'],
  Gender: 1,
  Status: 1,
  Alias: '',
  ExtAttr: [{ Name: '爱好', Type: 0, Text: { Value: '旅游' } }],
};

const contactSamples = [
  sample('change_contact', 'create_user', user, read),
  sample('change_contact', 'update_user', `${user}<NewUserID>zhangsan001</NewUserID>`, {
    ...read,
    NewUserID: 'zhangsan001',
  }),
  sample('change_contact', 'delete_user', '<UserID>zhangsan</UserID>', { UserID: 'zhangsan' }),
  sample(
    'change_contact',
    'create_party',
    '<Id>2</Id><Name>技术部</Name><ParentId>1</ParentId><Order>1</Order>',
    {
      Id: '2',
      Name: '技术部',
      ParentId: '1',
      Order: 1,
    },
  ),
  sample('change_contact', 'update_party', '<Id>2</Id><ParentId>1</ParentId>', {
    Id: '2',
    ParentId: '1',
  }),
  sample('change_contact', 'delete_party', '<Id>02</Id>', { Id: '02' }),
  sample(
    'change_contact',
    'update_tag',
    '<TagId>1</TagId><AddUserItems><![CDATA[zhangsan,lisi]]></AddUserItems><DelUserItems></DelUserItems><AddPartyItems>1,2</AddPartyItems>',
    { TagId: '1', AddUserItems: ['zhangsan', 'lisi'], DelUserItems: [], AddPartyItems: ['1', '2'] },
  ),
];

const relation =
  '<UserID>zhangsan</UserID><ExternalUserID>wmqfasd1e1927831123109rBAAAA</ExternalUserID>';
const related = { UserID: 'zhangsan', ExternalUserID: 'wmqfasd1e1927831123109rBAAAA' };
const added = `${relation}<State>teststate</State><WelcomeCode>WELCOME</WelcomeCode>`;

const customerSamples = [
  sample('change_external_contact', 'add_external_contact', `${added}<LinkId>link-1</LinkId>`, {
    ...related,
    State: 'teststate',
    WelcomeCode: 'WELCOME',
    LinkId: 'link-1',
  }),
  sample('change_external_contact', 'add_half_external_contact', added, {
    ...related,
    WelcomeCode: 'WELCOME',
  }),
  sample('change_external_contact', 'edit_external_contact', relation, related),
  sample(
    'change_external_contact',
    'del_external_contact',
    `${relation}<Source>DELETE_BY_TRANSFER</Source>`,
    {
      ...related,
      Source: 'DELETE_BY_TRANSFER',
    },
  ),
  sample('change_external_contact', 'del_follow_user', relation, related),
  sample(
    'change_external_contact',
    'transfer_fail',
    `<FailReason>customer_refused</FailReason>${relation}`,
    {
      ...related,
      FailReason: 'customer_refused',
    },
  ),
  sample(
    'change_external_contact',
    'msg_audit_approved',
    `${relation}<WelcomeCode>W</WelcomeCode>`,
    {
      ...related,
      WelcomeCode: 'W',
    },
  ),
  sample(
    'change_external_chat',
    'create dismiss',
    '<ChatId>wrOgQhDgAAMYQiS5ol9G7gK9JVAAAA</ChatId>',
    {
      ChatId: 'wrOgQhDgAAMYQiS5ol9G7gK9JVAAAA',
    },
  ),
  sample(
    'change_external_chat',
    'update',
    '<ChatId>CHAT_ID</ChatId><UpdateDetail>add_member</UpdateDetail><JoinScene>3</JoinScene><QuitScene>0</QuitScene><MemChangeCnt>2</MemChangeCnt><MemChangeList><Item>Jack</Item><Item>Rose</Item></MemChangeList><LastMemVer>9c3f97c2ada667dfb5f6d03308d963e1</LastMemVer><CurMemVer>71217227bbd112ecfe3a49c482195cb4</CurMemVer>',
    {
      ChatId: 'CHAT_ID',
      UpdateDetail: 'add_member',
      JoinScene: 3,
      QuitScene: 0,
      MemChangeCnt: 2,
      MemChangeList: ['Jack', 'Rose'],
      LastMemVer: '9c3f97c2ada667dfb5f6d03308d963e1',
    },
  ),
  sample(
    'change_external_tag',
    'create update delete',
    '<Id>TAG_ID</Id><TagType>tag_group</TagType><StrategyId>1</StrategyId>',
    {
      Id: 'TAG_ID',
      TagType: 'tag_group',
      StrategyId: '1',
    },
  ),
  sample('change_external_tag', 'shuffle', '<Id></Id><StrategyId>1</StrategyId>', {
    Id: '',
    StrategyId: '1',
  }),
  sample('customer_acquisition', 'balance_low balance_exhausted balance_increased', '', nothing),
  sample(
    'customer_acquisition',
    'quota_expire_soon',
    '<ExpireTime>1670000000</ExpireTime><ExpireQuotaNum>100</ExpireQuotaNum>',
    {
      ExpireTime: 1_670_000_000,
      ExpireQuotaNum: 100,
    },
  ),
  sample('customer_acquisition', 'link_unavailable delete_link', '<LinkId>l1</LinkId>', {
    LinkId: 'l1',
  }),
  sample(
    'customer_acquisition',
    'open_profile friend_request',
    '<LinkId>l1</LinkId><State>s</State>',
    {
      LinkId: 'l1',
      State: 's',
    },
  ),
  sample('customer_acquisition', 'customer_start_chat', relation, related),
  sample(
    'customer_acquisition',
    'message_from_customer',
    '<LinkId>l1</LinkId><State>s</State><ChatKey>CHATKEY</ChatKey>',
    {
      LinkId: 'l1',
      ChatKey: 'CHATKEY',
    },
  ),
  sample(
    'customer_acquisition',
    'del_follow_user',
    `<LinkId>l1</LinkId><State>s</State>${relation}`,
    related,
  ),
  sample(
    'customer_acquisition',
    'service_balance_low service_balance_exhausted service_balance_consumed change_price',
    '<OnceKey>K</OnceKey><Price>100</Price><EffectiveTime>1670000000</EffectiveTime>',
    { OnceKey: 'K', Price: '100', EffectiveTime: 1_670_000_000 },
  ),
  sample('customer_acquisition_permit_change', [''], '', nothing),
];

const approvalSamples = [
  sample(
    'sys_approval_change',
    [''],
    `<ApprovalInfo><SpNo>201909270001</SpNo><SpNoStr><![CDATA[201909270001]]></SpNoStr><SpName><![CDATA[示例模板]]></SpName><SpStatus>1</SpStatus><TemplateId>t1</TemplateId><ApplyTime>1569584428</ApplyTime><Applyer><UserId>WuJunJie</UserId><Party>1</Party></Applyer><SpRecord><SpStatus>1</SpStatus><ApproverAttr>1</ApproverAttr><Details><Approver><UserId>WangXiaoMing</UserId></Approver><Speech></Speech><SpStatus>1</SpStatus><SpTime>0</SpTime></Details><Details><Approver><UserId>XiaoGang</UserId></Approver><Speech>好</Speech><SpStatus>1</SpStatus><SpTime>0</SpTime><Attach>m1</Attach></Details></SpRecord><SpRecord><SpStatus>1</SpStatus><ApproverAttr>2</ApproverAttr><Details><Approver><UserId>XiaoHong</UserId></Approver></Details></SpRecord><Notifyer><UserId>ChengLiang</UserId></Notifyer><Comments><CommentUserInfo><UserId>LiuZhi</UserId></CommentUserInfo><CommentTime>1569584111</CommentTime><CommentContent>备注</CommentContent><CommentId>6741314136717778040</CommentId></Comments><ProcessList><NodeList><NodeType>1</NodeType><SpStatus>2</SpStatus><ApvRel>1</ApvRel><SubNodeList><UserInfo><UserId>A</UserId></UserInfo><SpYj>2</SpYj><Sptime>1569584111</Sptime><MediaIds>m1</MediaIds><MediaIds>m2</MediaIds></SubNodeList></NodeList></ProcessList><StatuChangeEvent>10</StatuChangeEvent></ApprovalInfo>`,
    {
      ApprovalInfo: {
        SpNo: '201909270001',
        SpNoStr: '201909270001',
        SpName: '示例模板',
        SpStatus: 1,
        TemplateId: 't1',
        ApplyTime: 1_569_584_428,
        Applier: { UserId: 'WuJunJie', Party: '1' },
        SpRecord: [
          {
            SpStatus: 1,
            ApproverAttr: 1,
            Details: [
              {
                Approver: { UserId: 'WangXiaoMing' },
                Speech: '',
                SpStatus: 1,
                SpTime: 0,
                Attach: [],
              },
              {
                Approver: { UserId: 'XiaoGang' },
                Speech: '好',
                SpStatus: 1,
                SpTime: 0,
                Attach: ['m1'],
              },
            ],
          },
          {
            SpStatus: 1,
            ApproverAttr: 2,
            Details: [{ Approver: { UserId: 'XiaoHong' }, Attach: [] }],
          },
        ],
        Notifier: [{ UserId: 'ChengLiang' }],
        Comments: [
          {
            CommentUserInfo: { UserId: 'LiuZhi' },
            CommentTime: 1_569_584_111,
            CommentContent: '备注',
            CommentId: '6741314136717778040',
            Attach: [],
          },
        ],
        ProcessList: [
          {
            NodeType: 1,
            SpStatus: 2,
            ApvRel: 1,
            SubNodeList: [
              { UserInfo: { UserId: 'A' }, SpYj: 2, Sptime: 1_569_584_111, MediaIds: ['m1', 'm2'] },
            ],
          },
        ],
        StatusChangeEvent: 10,
      },
    },
  ),
  sample(
    'open_approval_change',
    [''],
    `<ApprovalInfo><ThirdNo><![CDATA[201806010001]]></ThirdNo><OpenSpName><![CDATA[付款]]></OpenSpName><OpenTemplateId>1234567890</OpenTemplateId><OpenSpStatus>1</OpenSpStatus><ApplyTime>1527837645</ApplyTime><ApplyUserName><![CDATA[xiaoming]]></ApplyUserName><ApplyUserId>1</ApplyUserId><ApplyUserParty><![CDATA[产品部]]></ApplyUserParty><ApplyUserImage>http://www.qq.com/xxx.png</ApplyUserImage><ApprovalNodes><ApprovalNode><NodeStatus>1</NodeStatus><NodeAttr>1</NodeAttr><NodeType>1</NodeType><Items><Item><ItemName>xiaohong</ItemName><ItemUserid>2</ItemUserid><ItemStatus>1</ItemStatus><ItemSpeech></ItemSpeech><ItemOpTime>0</ItemOpTime></Item></Items></ApprovalNode></ApprovalNodes><NotifyNodes><NotifyNode><ItemName>xiaogang</ItemName><ItemUserid>3</ItemUserid></NotifyNode></NotifyNodes><approverstep>0</approverstep></ApprovalInfo>`,
    {
      ApprovalInfo: {
        ThirdNo: '201806010001',
        OpenSpName: '付款',
        OpenTemplateId: '1234567890',
        OpenSpStatus: 1,
        ApplyTime: 1_527_837_645,
        ApplyUserName: 'xiaoming',
        ApplyUserId: '1',
        ApplyUserParty: '产品部',
        ApplyUserImage: 'http://www.qq.com/xxx.png',
        ApprovalNodes: [
          {
            NodeStatus: 1,
            NodeAttr: 1,
            NodeType: 1,
            Items: [
              {
                ItemName: 'xiaohong',
                ItemUserid: '2',
                ItemStatus: 1,
                ItemSpeech: '',
                ItemOpTime: 0,
              },
            ],
          },
        ],
        NotifyNodes: [{ ItemName: 'xiaogang', ItemUserid: '3' }],
        ApproverStep: 0,
      },
    },
  ),
];

const inMeeting = '<MeetingId>hyxxx</MeetingId><FromUserTmpOpenId>tmp1</FromUserTmpOpenId>';
const met = { MeetingId: 'hyxxx', FromUserTmpOpenId: 'tmp1' };
const booking = '<MeetingRoomId>1</MeetingRoomId><BookingId>bk1</BookingId>';
const booked = { MeetingRoomId: '1', BookingId: 'bk1' };

const meetingSamples = [
  sample('meeting_change', 'modify_meeting cancel_meeting', '<MeetingId>hyxxx</MeetingId>', {
    MeetingId: 'hyxxx',
  }),
  sample(
    'meeting_change',
    'meeting_start meeting_end meeting_mute_all meeting_unmute_all join_meeting quit_meeting join_meeting_before_host join_waiting_room open_screen_share close_screen_share start_recording pause_recording resume_recording stop_recording recording_complete delete_recording',
    inMeeting,
    met,
  ),
  sample(
    'meeting_change',
    'quit_waiting_room join_from_meeting_room move_to_waiting_room role_change webinar_role_change',
    `${inMeeting}<OperatedUser><UserId>u</UserId><TmpOpenId>t</TmpOpenId><UserRole>1</UserRole></OperatedUser>`,
    { ...met, OperatedUser: { UserId: 'u', TmpOpenId: 't', UserRole: '1' } },
  ),
  sample('meeting_change', 'enroll cancel_enroll', `${inMeeting}<EnrollId>e1</EnrollId>`, {
    ...met,
    EnrollId: 'e1',
  }),
  sample(
    'meeting_change',
    'pstn_status_update',
    `${inMeeting}<PstnStatus>CANCLE_INVITE</PstnStatus>`,
    {
      ...met,
      PstnStatus: 'CANCEL_INVITE',
    },
  ),
  sample(
    'meeting_change',
    'webinar_warm_up_upload',
    '<MeetingId>hyxxx</MeetingId><WarmUpInfo><WarmUpPicture>p</WarmUpPicture><WarmUpVideo>v</WarmUpVideo><UploadStatus>1</UploadStatus><ErrorMsg>m</ErrorMsg></WarmUpInfo>',
    { WarmUpInfo: { WarmUpPicture: 'p', WarmUpVideo: 'v', UploadStatus: '1', ErrorMsg: 'm' } },
  ),
  sample(
    'meeting_change',
    'medium_upload',
    '<MeetingId>hyxxx</MeetingId><AllUploadStatus>1</AllUploadStatus><UploadInfo><MediumType>1</MediumType><MediumUrl>u</MediumUrl><UploadStatus>1</UploadStatus></UploadInfo>',
    { AllUploadStatus: '1', UploadInfo: [{ MediumType: '1', MediumUrl: 'u', UploadStatus: '1' }] },
  ),
  sample(
    'meeting_change',
    'meeting_room_response',
    '<MeetingId>hyxxx</MeetingId><MraAddress><Protocol>1</Protocol><DialString>d</DialString></MraAddress><RoomResponseStatus>2</RoomResponseStatus>',
    { MraAddress: { Protocol: '1', DialString: 'd' }, RoomResponseStatus: 2 },
  ),
  sample('meeting_statistics', 'start_meeting', '<Status>1</Status>', { Status: 1 }),
  sample('book_meeting_room', [''], booking, booked),
  sample('cancel_meeting_room', [''], booking, booked),
];

const calendar = '<CalId>wcjgewCwAAqeJcPI1d8Pwbjt7nttzAAA</CalId>';
const calendared = { CalId: 'wcjgewCwAAqeJcPI1d8Pwbjt7nttzAAA' };
const schedule = `${calendar}<ScheduleId>17c7d2bd9f20d652840f72f59e796AAA</ScheduleId>`;
const scheduled = { ...calendared, ScheduleId: '17c7d2bd9f20d652840f72f59e796AAA' };

const officeSamples = [
  ...['add_calendar', 'modify_calendar', 'delete_calendar'].map((event) =>
    sample(event, [''], calendar, calendared),
  ),
  ...['add_schedule', 'modify_schedule', 'delete_schedule', 'respond_schedule'].map((event) =>
    sample(event, [''], schedule, scheduled),
  ),
  sample('doc_change', 'doc_member_change delete_doc', '<DocId>d1</DocId>', { DocId: ['d1'] }),
  sample(
    'doc_change',
    'form_complete delete_form form_settings_change',
    '<FormId>f1</FormId><FormId>f2</FormId>',
    {
      FormId: ['f1', 'f2'],
    },
  ),
  sample(
    'smart_sheet_change',
    'add_record update_record delete_record',
    '<DocId>d1</DocId><SheetId>s1</SheetId><RecordId>r1</RecordId><RecordId>r2</RecordId>',
    { DocId: 'd1', SheetId: 's1', RecordId: ['r1', 'r2'] },
  ),
  sample(
    'smart_sheet_change',
    'add_field update_field delete_field',
    '<DocId>d1</DocId><SheetId>s1</SheetId><FieldId>f1</FieldId>',
    { DocId: 'd1', SheetId: 's1', FieldId: ['f1'] },
  ),
  sample(
    'wedrive_space_change',
    'dismiss_space space_member_change space_security_settings_change',
    '<SpaceId>s1</SpaceId>',
    {
      SpaceId: ['s1'],
    },
  ),
  sample(
    'wedrive_file_change',
    'create_file rename_file update_file delete_file move_file',
    '<FileId>f1</FileId><FileId>f2</FileId>',
    {
      FileId: ['f1', 'f2'],
    },
  ),
  sample('wedrive_insufficient_capacity', [''], '', nothing),
  sample('app_email_change', 'receive_email', '<Amount><![CDATA[3]]></Amount>', { Amount: 3 }),
  sample('public_email_change', 'receive_email', '<Id>1</Id><Amount>3</Amount>', {
    Id: '1',
    Amount: 3,
  }),
  sample('change_chain', 'create_chain update_chain delete_chain', '<ChainId>Chxxxxxx</ChainId>', {
    ChainId: 'Chxxxxxx',
  }),
  sample(
    'change_chain',
    'create_group update_group delete_group',
    '<ChainId>Ch1</ChainId><GroupIds><GroupId>1</GroupId></GroupIds>',
    {
      GroupIds: ['1'],
    },
  ),
  sample(
    'change_chain',
    'corp_join update_corp remove_corp',
    '<ChainId>Ch1</ChainId><CorpIds><CorpId>c1</CorpId><CorpId>c2</CorpId></CorpIds>',
    {
      CorpIds: ['c1', 'c2'],
    },
  ),
  sample(
    'change_school_contact',
    'create_student update_student delete_student create_parent update_parent delete_parent subscribe unsubscribe create_department update_department delete_department',
    '<Id>012</Id>',
    { Id: '012' },
  ),
];

const otherSamples = [
  sample(
    'kf_msg_or_event',
    [''],
    '<Token>ENCApHxnGDNAVNY4AaSJKj4Tb5mwsEMzxhFmHVGcra996NR</Token><OpenKfId>wkxxxxxxx</OpenKfId>',
    {
      Token: 'ENCApHxnGDNAVNY4AaSJKj4Tb5mwsEMzxhFmHVGcra996NR',
      OpenKfId: 'wkxxxxxxx',
    },
  ),
  sample(
    'kf_account_auth_change',
    [''],
    '<AuthAddOpenKfId>a1</AuthAddOpenKfId><AuthAddOpenKfId>a2</AuthAddOpenKfId><AuthDelOpenKfId>d1</AuthDelOpenKfId>',
    { AuthAddOpenKfId: ['a1', 'a2'], AuthDelOpenKfId: ['d1'] },
  ),
  sample('living_status_change', [''], '<LivingId>LivingID</LivingId><Status>1</Status>', {
    LivingId: 'LivingID',
    Status: 1,
  }),
  sample('msgaudit_notify', [''], '', nothing),
  sample('security', 'change_domain_ip', '', nothing),
  sample(
    'submit_vip_account_approval',
    [''],
    '<BusinessType>1</BusinessType><ApplyId>a1</ApplyId><ApplyReason>要用</ApplyReason>',
    {
      BusinessType: '1',
      ApplyId: 'a1',
      ApplyReason: '要用',
    },
  ),
  sample('finish_vip_account_approval', [''], '<FinishType>1</FinishType><ApplyId>a1</ApplyId>', {
    FinishType: '1',
    ApplyId: 'a1',
  }),
  sample('unlicensed_notify', [''], '', nothing),
  sample('program_notify', [''], '<NotifyId>n1</NotifyId><NotifyScene>1</NotifyScene>', {
    NotifyId: 'n1',
    NotifyScene: '1',
  }),
];

/** All of them. */
export const wecomSamples: readonly WeComSample[] = [
  ...appSamples,
  ...menuSamples,
  ...contactSamples,
  ...customerSamples,
  ...approvalSamples,
  ...meetingSamples,
  ...officeSamples,
  ...otherSamples,
];

/** The whole document of an event. */
export function eventXml(event: string, changeType: string, inner: string, from = 'sys'): string {
  const change = changeType && `<ChangeType><![CDATA[${changeType}]]></ChangeType>`;
  return `<xml><ToUserName><![CDATA[ww1]]></ToUserName><FromUserName><![CDATA[${from}]]></FromUserName><CreateTime>1403610513</CreateTime><MsgType><![CDATA[event]]></MsgType><Event><![CDATA[${event}]]></Event>${change}${inner}<AgentID>2</AgentID></xml>`;
}

/** The whole document of a message. */
export function messageXml(msgType: string, inner: string, from = 'ZhangSan'): string {
  return `<xml><ToUserName><![CDATA[ww1]]></ToUserName><FromUserName><![CDATA[${from}]]></FromUserName><CreateTime>1348831860</CreateTime><MsgType><![CDATA[${msgType}]]></MsgType>${inner}<MsgId>6972028683187026694</MsgId><AgentID>1</AgentID></xml>`;
}
