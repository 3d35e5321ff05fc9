import { defineChanges, defineEvent } from './definition.js';
import { id, list } from './fields.js';

/** The drive (微盘). Source: WeCom D97899, D97900, D97898. */
export const driveEvents = [
  ...defineChanges(
    'wedrive_space_change',
    {
      dismiss_space: { en: 'A space was dissolved', zh: '解散空间' },
      space_member_change: { en: 'The members of a space changed', zh: '空间成员变更' },
      space_security_settings_change: {
        en: 'The security of a space changed',
        zh: '空间安全设置变更',
      },
    },
    { SpaceId: list(id) },
  ),
  ...defineChanges(
    'wedrive_file_change',
    {
      create_file: { en: 'A file was made', zh: '新建文件' },
      rename_file: { en: 'A file was renamed', zh: '重命名文件' },
      update_file: { en: 'A file changed', zh: '更新文件' },
      delete_file: { en: 'A file was deleted', zh: '删除文件' },
      move_file: { en: 'A file was moved', zh: '移动文件' },
    },
    { FileId: list(id) },
  ),
  defineEvent(
    'wedrive_insufficient_capacity',
    { en: 'More than 90 % of the drive is used', zh: '微盘容量不足' },
    {},
  ),
] as const;
