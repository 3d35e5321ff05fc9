import { z } from 'zod';
import { defineChanges, defineEvent } from './definition.js';
import { id, integer, list, respelled, text, word } from './fields.js';

const meeting = { MeetingId: id };
const participant = { ...meeting, FromUserTmpOpenId: word.optional() };

const operated = {
  ...participant,
  OperatedUser: z
    .object({ UserId: word.optional(), TmpOpenId: word.optional(), UserRole: word.optional() })
    .optional(),
};

const meetings = [
  ...defineChanges(
    'meeting_change',
    {
      modify_meeting: { en: 'A meeting changed', zh: '会议修改' },
      cancel_meeting: { en: 'A meeting was cancelled', zh: '会议取消' },
    },
    meeting,
  ),
  ...defineChanges(
    'meeting_change',
    {
      meeting_start: { en: 'A meeting began', zh: '会议开始' },
      meeting_end: { en: 'A meeting ended', zh: '会议结束' },
      meeting_mute_all: { en: 'All were muted', zh: '全体静音' },
      meeting_unmute_all: { en: 'All were unmuted', zh: '解除全体静音' },
      join_meeting: { en: 'Somebody joined', zh: '用户入会' },
      quit_meeting: { en: 'Somebody left', zh: '用户离会' },
      join_meeting_before_host: {
        en: 'Somebody joined before the host',
        zh: '用户在主持人之前入会',
      },
      join_waiting_room: { en: 'Somebody came into the waiting room', zh: '用户进入等候室' },
      open_screen_share: { en: 'Screen sharing began', zh: '开始屏幕共享' },
      close_screen_share: { en: 'Screen sharing ended', zh: '结束屏幕共享' },
      start_recording: { en: 'Recording began', zh: '开始录制' },
      pause_recording: { en: 'Recording paused', zh: '暂停录制' },
      resume_recording: { en: 'Recording went on', zh: '恢复录制' },
      stop_recording: { en: 'Recording stopped', zh: '停止录制' },
      recording_complete: { en: 'A recording is ready', zh: '录制完成' },
      delete_recording: { en: 'A recording was deleted', zh: '删除录制' },
    },
    participant,
  ),
] as const;

const rooms = [
  ...defineChanges(
    'meeting_change',
    {
      quit_waiting_room: { en: 'Somebody left the waiting room', zh: '用户离开等候室' },
      join_from_meeting_room: { en: 'A meeting room joined', zh: '会议室设备入会' },
      move_to_waiting_room: {
        en: 'Somebody was moved to the waiting room',
        zh: '用户被移入等候室',
      },
      role_change: { en: 'A role changed', zh: '会中角色变更' },
      webinar_role_change: { en: 'A webinar role changed', zh: '网络研讨会角色变更' },
    },
    operated,
  ),
  ...defineChanges(
    'meeting_change',
    { meeting_room_response: { en: 'A called meeting room answered', zh: '会议室响应呼叫' } },
    {
      ...meeting,
      MeetingRoomId: word.optional(),
      MraAddress: z.object({ Protocol: word.optional(), DialString: word.optional() }).optional(),
      /** 0 none, 2 joined, 3 refused, 5 cancelled. */
      RoomResponseStatus: integer,
    },
  ),
] as const;

const uploads = [
  ...defineChanges(
    'meeting_change',
    {
      enroll: { en: 'Somebody enrolled', zh: '会议报名' },
      cancel_enroll: { en: 'An enrolment was cancelled', zh: '取消会议报名' },
    },
    { ...participant, EnrollId: word.optional() },
  ),
  ...defineChanges(
    'meeting_change',
    { pstn_status_update: { en: 'A phone call changed', zh: 'PSTN 呼叫状态变更' } },
    { ...participant, PstnStatus: respelled({ CANCLE_INVITE: 'CANCEL_INVITE' }).optional() },
  ),
  ...defineChanges(
    'meeting_change',
    {
      webinar_warm_up_upload: {
        en: 'Warm-up media were uploaded',
        zh: '网络研讨会暖场素材上传结果',
      },
    },
    {
      ...meeting,
      WarmUpInfo: z
        .object({
          WarmUpPicture: word.optional(),
          WarmUpVideo: word.optional(),
          UploadStatus: word.optional(),
          ErrorMsg: text.optional(),
        })
        .optional(),
    },
  ),
  ...defineChanges(
    'meeting_change',
    { medium_upload: { en: 'Media were uploaded', zh: '会议素材上传结果' } },
    {
      ...meeting,
      AllUploadStatus: word.optional(),
      UploadInfo: list(
        z.object({
          MediumType: word.optional(),
          MediumUrl: word.optional(),
          UploadStatus: word.optional(),
          ErrorMsg: text.optional(),
        }),
      ),
    },
  ),
] as const;

// Newer documents name a booking, older ones a meeting or a schedule.
const booking = {
  MeetingRoomId: id,
  BookingId: word.optional(),
  MeetingId: word.optional(),
  ScheduleId: word.optional(),
};

/** Meetings and meeting rooms (会议). Source: WeCom D99081 and its siblings, D99648, D95333. */
export const meetingEvents = [
  ...meetings,
  ...rooms,
  ...uploads,
  ...defineChanges(
    'meeting_statistics',
    { start_meeting: { en: 'A member began a meeting', zh: '成员发起会议' } },
    // 1 for success, 2 for failure.
    { Status: integer },
  ),
  defineEvent('book_meeting_room', { en: 'A meeting room was booked', zh: '会议室预定' }, booking),
  defineEvent('cancel_meeting_room', { en: 'A booking was cancelled', zh: '会议室取消' }, booking),
] as const;
