import { App } from 'antd';
import { useEffect, useEffectEvent, useRef } from 'react';
import { guardLeaving } from '../frame/leaving.js';
import { useText } from '../language/language.js';
import { texts } from './texts.js';

/**
 * Asks before what is not saved is lost, however the page is left.
 *
 * @returns lets it be left without a question: it is saved
 */
export function useLeaveGuard(isUnsaved: boolean): () => void {
  const text = useText();
  const { modal } = App.useApp();
  const end = useRef(() => {});
  const ask = useEffectEvent(
    async () =>
      await modal.confirm({
        title: text(texts.leaveTitle),
        content: text(texts.leaveHelp),
        okText: text(texts.leave),
        cancelText: text(texts.stay),
        okButtonProps: { danger: true },
      }),
  );
  useEffect(() => {
    if (!isUnsaved) return undefined;
    const unguard = guardLeaving(() => ask());
    // Of what leads out of the console the browser asks, in its own words.
    const hold = (event: Event) => event.preventDefault();
    addEventListener('beforeunload', hold);
    end.current = () => {
      unguard();
      removeEventListener('beforeunload', hold);
    };
    return () => end.current();
  }, [isUnsaved]);
  return () => end.current();
}
