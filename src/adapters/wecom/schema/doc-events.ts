import { defineChanges } from './definition.js';
import { id, list } from './fields.js';

const sheet = { DocId: id, SheetId: id };

/** Documents, forms and smart sheets made by API (文档). Source: WeCom D97833, D100986, D100987. */
export const docEvents = [
  ...defineChanges(
    'doc_change',
    {
      doc_member_change: { en: 'Who may see a document changed', zh: '文档成员变更' },
      delete_doc: { en: 'A document was deleted', zh: '删除文档' },
    },
    { DocId: list(id) },
  ),
  ...defineChanges(
    'doc_change',
    {
      form_complete: { en: 'A form was filled in', zh: '收集表完成' },
      delete_form: { en: 'A form was deleted', zh: '删除收集表' },
      form_settings_change: { en: 'The settings of a form changed', zh: '收集表设置变更' },
    },
    { FormId: list(id) },
  ),
  ...defineChanges(
    'smart_sheet_change',
    {
      add_record: { en: 'Records were added', zh: '智能表格新增记录' },
      update_record: { en: 'Records changed', zh: '智能表格更新记录' },
      delete_record: { en: 'Records were deleted', zh: '智能表格删除记录' },
    },
    { ...sheet, RecordId: list(id) },
  ),
  ...defineChanges(
    'smart_sheet_change',
    {
      add_field: { en: 'Fields were added', zh: '智能表格新增字段', aliases: ['add_filed'] },
      update_field: { en: 'Fields changed', zh: '智能表格更新字段', aliases: ['update_filed'] },
      delete_field: {
        en: 'Fields were deleted',
        zh: '智能表格删除字段',
        aliases: ['delete_filed'],
      },
    },
    { ...sheet, FieldId: list(id) },
  ),
] as const;
