import { type HTMLAttributes, useState } from 'react';

/** Rows that can be dragged by their grip. */
export interface Dragging {
  /** For the grip: only what is held by it is dragged, so that text can still be marked. */
  readonly grip: HTMLAttributes<HTMLElement>;
  /** For the row of that name. */
  readonly rowProps: (name: string) => HTMLAttributes<HTMLTableRowElement>;
}

/** @param onDrop told the dragged row and the one whose place it is to take */
export function useDragging(onDrop: (name: string, target: string) => void): Dragging {
  const [isHeld, setHeld] = useState(false);
  const [dragged, setDragged] = useState<string>();
  const [over, setOver] = useState<string>();
  const stop = () => {
    setHeld(false);
    setDragged(undefined);
    setOver(undefined);
  };
  return {
    grip: { onPointerDown: () => setHeld(true), onPointerUp: () => setHeld(false) },
    rowProps: (name) => ({
      draggable: isHeld,
      className: [dragged === name && 'dragged', over === name && 'over'].filter(Boolean).join(' '),
      onDragStart: ({ dataTransfer }) => {
        dataTransfer.effectAllowed = 'move';
        setDragged(name);
      },
      onDragOver: (event) => {
        if (dragged === undefined) return;
        event.preventDefault();
        setOver(name);
      },
      onDragEnd: stop,
      onDrop: (event) => {
        event.preventDefault();
        if (dragged !== undefined && dragged !== name) onDrop(dragged, name);
        stop();
      },
    }),
  };
}
