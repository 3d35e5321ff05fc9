import { Select } from 'antd';
import { useState } from 'react';
import type { DirectoryEntry, DirectoryKind } from '../../../../api/contract.js';
import { call } from '../../../api/client.js';
import { useLoaded } from '../../../api/use-loaded.js';
import { useText } from '../../../language/language.js';
import { useSettled } from '../../../parts/use-settled.js';
import { isObject } from '../draft/value-at.js';
import { texts } from '../texts.js';
import { type InputProps, listOf } from './input-props.js';

/** By what an entry names somebody. */
type By = 'id' | 'name' | 'alias' | 'topic';

const ways: Readonly<Record<DirectoryKind, readonly By[]>> = {
  contacts: ['id', 'name', 'alias'],
  tags: ['name', 'id'],
  rooms: ['topic', 'id'],
};

interface Props extends InputProps {
  readonly kind: DirectoryKind;
}

/** People, tags or rooms: picked from the bot's own lists, or typed. */
export function EntriesInput({ kind, ids, label, value, isReadOnly, onChange }: Props) {
  const text = useText();
  const entries = listOf(value);
  const [by, setBy] = useState<By>(ways[kind][0] ?? 'id');
  const [search, setSearch] = useState('');
  const [isOpen, setOpen] = useState(false);
  const settled = useSettled(search, 250);
  const { data, failure } = useLoaded(`${kind} ${settled} ${isOpen}`, async (signal) => {
    if (!isOpen) return undefined;
    const input = { params: { kind }, query: { search: settled, limit: '50' } };
    return await call('GET /directory/:kind', input as never, signal);
  });
  const found = (data?.items ?? []).flatMap((entry) => optionOf(entry, by));
  const encoded = entries.map((entry) => JSON.stringify(entry));
  const known = new Set([...encoded, ...found.map((option) => option.value)]);
  const change = (next: readonly string[]) => {
    setSearch('');
    const made = next.map((item) =>
      known.has(item) ? (JSON.parse(item) as unknown) : entryOf(by, item.trim()),
    );
    onChange(made.length === 0 ? undefined : made);
  };
  return (
    <>
      <div className="entries">
        <Select
          aria-label={text(texts.by(label))}
          value={by}
          disabled={isReadOnly}
          options={ways[kind].map((way) => ({ value: way, label: text(texts[way]) }))}
          onChange={setBy}
        />
        <Select
          {...ids}
          mode="tags"
          className="entries-list"
          value={encoded}
          disabled={isReadOnly}
          placeholder={text(texts.pick)}
          showSearch={{ searchValue: search, onSearch: setSearch, filterOption: false }}
          options={found}
          labelRender={({ value: item }) => entryText(String(item), text)}
          onOpenChange={setOpen}
          onChange={change}
        />
      </div>
      {failure && <p className="field-help">{text(failure)}</p>}
      {data?.notes.map((note) => (
        <p className="field-help" key={note.en}>
          {text(note)}
        </p>
      ))}
    </>
  );
}

interface Option {
  readonly value: string;
  readonly label: string;
}

function optionOf({ id, name, alias }: DirectoryEntry, by: By): readonly Option[] {
  if (by === 'alias') {
    if (alias === undefined || alias === '') return [];
    return [{ value: JSON.stringify({ alias }), label: `${alias} · ${name}` }];
  }
  const label = [name, alias, id].filter((part) => part !== undefined && part !== '').join(' · ');
  return [{ value: JSON.stringify(entryOf(by, by === 'id' ? id : name)), label }];
}

function entryOf(by: By, said: string): unknown {
  return by === 'id' ? said : { [by]: said };
}

function entryText(item: string, text: ReturnType<typeof useText>): string {
  const entry: unknown = item.startsWith('"') || item.startsWith('{') ? JSON.parse(item) : item;
  if (!isObject(entry)) return String(entry);
  return Object.entries(entry)
    .map(([by, said]) => `${by in texts ? text(texts[by as By]) : by} ${String(said)}`)
    .join(', ');
}
