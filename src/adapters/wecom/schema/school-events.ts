import { defineChanges } from './definition.js';
import { id } from './fields.js';

/** Pupils, parents and classes (家校沟通). Source: WeCom D92032, D92052. */
export const schoolEvents = [
  ...defineChanges(
    'change_school_contact',
    {
      create_student: { en: 'A pupil was added', zh: '新增学生' },
      update_student: { en: 'A pupil changed', zh: '更新学生' },
      delete_student: { en: 'A pupil was deleted', zh: '删除学生' },
      create_parent: { en: 'A parent was added', zh: '新增家长' },
      update_parent: { en: 'A parent changed', zh: '更新家长' },
      delete_parent: { en: 'A parent was deleted', zh: '删除家长' },
      subscribe: { en: 'A parent follows the school', zh: '家长关注' },
      unsubscribe: { en: 'A parent no longer follows the school', zh: '家长取消关注' },
      create_department: {
        en: 'A class was added',
        zh: '新增家校部门',
        aliases: ['create_deparmtment'],
      },
      update_department: {
        en: 'A class changed',
        zh: '更新家校部门',
        aliases: ['update_deparmtment'],
      },
      delete_department: {
        en: 'A class was deleted',
        zh: '删除家校部门',
        aliases: ['delete_deparmtment'],
      },
    },
    { Id: id },
  ),
] as const;
