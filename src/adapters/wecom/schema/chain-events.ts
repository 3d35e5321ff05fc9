import { defineChanges } from './definition.js';
import { id, wrapped } from './fields.js';

/** Upstream and downstream corps (上下游). Source: WeCom D95796. */
export const chainEvents = [
  ...defineChanges(
    'change_chain',
    {
      create_chain: { en: 'A chain was made', zh: '新建上下游' },
      update_chain: { en: 'A chain changed', zh: '修改上下游' },
      delete_chain: { en: 'A chain was deleted', zh: '删除上下游' },
    },
    { ChainId: id },
  ),
  ...defineChanges(
    'change_chain',
    {
      create_group: { en: 'Groups were added to a chain', zh: '上下游新增分组' },
      update_group: { en: 'Groups of a chain changed', zh: '上下游修改分组' },
      delete_group: { en: 'Groups of a chain were deleted', zh: '上下游删除分组' },
    },
    { ChainId: id, GroupIds: wrapped(['GroupId'], id) },
  ),
  ...defineChanges(
    'change_chain',
    {
      corp_join: { en: 'Corps joined a chain', zh: '企业加入上下游' },
      update_corp: { en: 'Corps of a chain changed', zh: '上下游企业变更' },
      remove_corp: { en: 'Corps were removed from a chain', zh: '企业移出上下游' },
    },
    { ChainId: id, CorpIds: wrapped(['CorpId'], id) },
  ),
] as const;
