import { AutoComplete } from 'antd';
import { useState } from 'react';
import type { DirectoryKind } from '../../api/contract.js';
import { call } from '../api/client.js';
import { useLoaded } from '../api/use-loaded.js';
import type { FieldIds } from './field.js';
import { useSettled } from './use-settled.js';

interface Props {
  readonly ids: FieldIds;
  readonly kind: DirectoryKind;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** A person or a room: typed, or picked from the bot's own list. */
export function DirectoryInput({ ids, kind, value, onChange }: Props) {
  const [isOpen, setOpen] = useState(false);
  const settled = useSettled(value, 250);
  const { data } = useLoaded(`${kind} ${settled} ${isOpen}`, async (signal) =>
    isOpen
      ? await call('GET /directory/:kind', { params: { kind }, query: { search: settled } }, signal)
      : undefined,
  );
  const options = (data?.items ?? []).map(({ id, name, alias }) => ({
    value: id,
    label: [name, alias, id].filter((part) => part !== undefined && part !== '').join(' · '),
  }));
  return (
    <AutoComplete
      {...ids}
      allowClear
      value={value}
      options={options}
      onOpenChange={setOpen}
      onChange={(next) => onChange(next ?? '')}
    />
  );
}
