import { Button } from 'antd';
import { useText } from '../../language/language.js';
import type { Wanted } from './change-dialog.js';
import { texts } from './texts.js';
import type { Order } from './use-order.js';

interface Props {
  readonly order: Order;
  readonly onSave: (wanted: Wanted) => void;
}

/** Stays in sight while the order is changed and not saved. */
export function OrderBar({ order, onSave }: Props) {
  const text = useText();
  return (
    <div className="order-bar">
      <output>{text(texts.orderChanged)}</output>
      <Button type="primary" onClick={() => onSave({ kind: 'order', moves: order.moves })}>
        {text(texts.saveOrder)}
      </Button>
      <Button onClick={order.reset}>{text(texts.resetOrder)}</Button>
    </div>
  );
}
