import { CopyOutlined, DeleteOutlined, EditOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { navigate, rulePath } from '../../frame/route.js';
import { useText } from '../../language/language.js';
import type { Wanted } from './change-dialog.js';
import { texts } from './texts.js';

interface Props {
  readonly name: string;
  readonly isEditable: boolean;
  readonly onWant: (wanted: Wanted) => void;
}

/** What can be done with one rule. */
export function RuleTools({ name, isEditable, onWant }: Props) {
  const text = useText();
  return (
    <span className="in-row">
      <Button
        type="text"
        icon={<EditOutlined />}
        aria-label={text(texts.edit(name))}
        title={text(texts.edit(name))}
        onClick={() => navigate(rulePath(name))}
      />
      {isEditable && (
        <>
          <Button
            type="text"
            icon={<CopyOutlined />}
            aria-label={text(texts.copy(name))}
            title={text(texts.copy(name))}
            onClick={() => onWant({ kind: 'copy', name })}
          />
          <Button
            type="text"
            danger
            icon={<DeleteOutlined />}
            aria-label={text(texts.delete(name))}
            title={text(texts.delete(name))}
            onClick={() => onWant({ kind: 'delete', name })}
          />
        </>
      )}
    </span>
  );
}
