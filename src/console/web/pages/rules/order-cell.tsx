import { ArrowDownOutlined, ArrowUpOutlined, HolderOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { HTMLAttributes } from 'react';
import { useText } from '../../language/language.js';
import { texts } from './texts.js';

interface Props {
  readonly name: string;
  /** Among all rules, counted from 0. */
  readonly place: number;
  readonly total: number;
  readonly grip: HTMLAttributes<HTMLElement>;
  readonly onMove: ((name: string, to: number) => void) | undefined;
}

/** The place of a rule: a grip to drag it by, and two buttons for who does not drag. */
export function OrderCell({ name, place, total, grip, onMove }: Props) {
  const text = useText();
  return (
    <span className="in-row">
      <span className="grip" title={text(texts.drag)} aria-hidden {...grip}>
        <HolderOutlined />
      </span>
      <span className="place">{place + 1}</span>
      <Button
        type="text"
        size="small"
        icon={<ArrowUpOutlined />}
        aria-label={text(texts.up(name))}
        disabled={place === 0}
        onClick={() => onMove?.(name, place - 1)}
      />
      <Button
        type="text"
        size="small"
        icon={<ArrowDownOutlined />}
        aria-label={text(texts.down(name))}
        disabled={place === total - 1}
        onClick={() => onMove?.(name, place + 1)}
      />
    </span>
  );
}
