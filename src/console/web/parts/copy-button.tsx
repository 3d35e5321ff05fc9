import { CheckOutlined, CopyOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useText } from '../language/language.js';
import { texts } from './texts.js';

/** Copies a text. Without TLS a page has no clipboard of its own: the old command serves then. */
export function CopyButton({ value, label }: { readonly value: string; readonly label: string }) {
  const text = useText();
  const [isCopied, setCopied] = useState(false);
  const copy = async () => {
    setCopied(await copied(value));
    setTimeout(() => setCopied(false), 2000);
  };
  return (
    <Button
      size="small"
      icon={isCopied ? <CheckOutlined /> : <CopyOutlined />}
      aria-label={label}
      onClick={() => void copy()}
    >
      {text(isCopied ? texts.copied : texts.copy)}
    </Button>
  );
}

async function copied(value: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(value);
    return true;
  } catch {
    return copiedBySelection(value);
  }
}

function copiedBySelection(value: string): boolean {
  const area = document.createElement('textarea');
  area.value = value;
  area.className = 'off-screen';
  document.body.append(area);
  area.select();
  // The only way there is on plain HTTP from another computer.
  const isDone = document.execCommand('copy');
  area.remove();
  return isDone;
}
