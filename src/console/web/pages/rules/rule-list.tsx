import { Pagination } from 'antd';
import { memo, useState } from 'react';
import type { RuleList as List } from '../../../api/contract.js';
import { useText } from '../../language/language.js';
import { useLeaveGuard } from '../../parts/use-leave-guard.js';
import { ChangeDialog, type Wanted } from './change-dialog.js';
import { OrderBar } from './order-bar.js';
import { RuleTable } from './rule-table.js';
import { texts } from './texts.js';
import { useOrder } from './use-order.js';

const pageSize = 50;

interface Props {
  readonly list: List;
  readonly isEditable: boolean;
  /** Only some are shown, so their order cannot be changed. */
  readonly isSearch: boolean;
  readonly onSaved: () => void;
}

/**
 * The rules, page by page, and the dialogs of what is done with them. Not made anew while somebody
 * types into the search.
 */
export const RuleList = memo(function RuleList(props: Props) {
  const { list, isEditable, isSearch, onSaved } = props;
  const text = useText();
  const [page, setPage] = useState(1);
  const [wanted, setWanted] = useState<Wanted>();
  const order = useOrder(list.rules, list.edition);
  useLeaveGuard(order.moves.length > 0);
  const total = order.rules.length;
  const first = (Math.min(page, Math.ceil(total / pageSize) || 1) - 1) * pageSize;
  const close = () => setWanted(undefined);
  const done = () => {
    close();
    order.reset();
    onSaved();
  };
  if (total === 0) {
    return <p className="nothing">{text(list.total === 0 ? texts.nothing : texts.notFound)}</p>;
  }
  return (
    <>
      {order.moves.length > 0 && <OrderBar order={order} onSave={setWanted} />}
      <RuleTable
        rules={order.rules.slice(first, first + pageSize)}
        first={first}
        total={total}
        isEditable={isEditable}
        onMove={isSearch ? undefined : order.move}
        onWant={setWanted}
      />
      {total > pageSize && (
        <Pagination
          className="pages"
          current={first / pageSize + 1}
          pageSize={pageSize}
          total={total}
          showSizeChanger={false}
          onChange={setPage}
        />
      )}
      {wanted && <ChangeDialog wanted={wanted} list={list} onDone={done} onClose={close} />}
    </>
  );
});
