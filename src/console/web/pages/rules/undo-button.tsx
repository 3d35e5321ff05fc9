import { UndoOutlined } from '@ant-design/icons';
import { App, Button, Modal } from 'antd';
import { useState } from 'react';
import type { RuleList } from '../../../api/contract.js';
import { call } from '../../api/client.js';
import { useAction } from '../../api/use-action.js';
import { useText } from '../../language/language.js';
import { FailureAlert } from '../../parts/failure-alert.js';
import { Moment } from '../../parts/moment.js';
import { texts } from './texts.js';

interface Props {
  readonly list: RuleList;
  readonly onDone: () => void;
}

/** Takes back the last save, after saying what that was. */
export function UndoButton({ list: { undo, edition }, onDone }: Props) {
  const text = useText();
  const { message } = App.useApp();
  const { isRunning, failure, run, clear } = useAction();
  const [isOpen, setOpen] = useState(false);
  if (undo === undefined) return null;
  const close = () => {
    setOpen(false);
    clear();
  };
  const takeBack = async () => {
    await run(async () => {
      const saved = await call('POST /rules/undo', { body: { edition } });
      void message.success(text(saved.summary));
      close();
      onDone();
    });
  };
  return (
    <>
      <Button icon={<UndoOutlined />} onClick={() => setOpen(true)}>
        {text(texts.undo)}
      </Button>
      <Modal
        open={isOpen}
        title={text(texts.undoTitle)}
        okText={text(texts.undoNow)}
        cancelText={text(texts.cancel)}
        confirmLoading={isRunning}
        onOk={() => void takeBack()}
        onCancel={close}
      >
        {failure && <FailureAlert failure={failure} />}
        <p>
          <Moment at={undo.at} /> {text(undo.summary)}
        </p>
      </Modal>
    </>
  );
}
