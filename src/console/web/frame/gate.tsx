import { Spin } from 'antd';
import { useCallback, useEffect, useMemo, useState } from 'react';
import type { Failure, Session } from '../../api/contract.js';
import { call } from '../api/client.js';
import { streamRefused } from '../api/live-stream.js';
import { failureOf } from '../api/refused.js';
import { Login } from '../pages/login/login.js';
import { FailureAlert } from '../parts/failure-alert.js';
import { Frame } from './frame.js';
import { SessionProvider } from './session.js';

interface Entrance {
  /** The last one there was; stays when it is over, so that what was being edited is not lost. */
  readonly session?: Session;
  readonly isLocked: boolean;
  /** Why it is not known whether there is a session. */
  readonly failure?: Failure['error'];
}

/** Shows the pages to who is logged in, and the login to everybody else. */
export function Gate() {
  const [entrance, setEntrance] = useState<Entrance>({ isLocked: false });
  const enter = useCallback((session: Session) => setEntrance({ session, isLocked: false }), []);
  const onFailure = useCallback((failure: Failure['error']) => {
    if (failure.code !== 'no-session') return;
    setEntrance((former) => ({ ...former, isLocked: true }));
  }, []);
  const ask = useCallback(() => {
    call('GET /session', {}).then(enter, (error: unknown) => {
      const failure = failureOf(error);
      onFailure(failure);
      if (failure.code === 'no-session') return;
      setEntrance((former) => (former.session ? former : { isLocked: false, failure }));
    });
  }, [enter, onFailure]);
  useEffect(() => {
    ask();
    addEventListener(streamRefused, ask);
    return () => removeEventListener(streamRefused, ask);
  }, [ask]);
  const logOut = useCallback(() => {
    void call('POST /logout', {}).finally(() => setEntrance({ isLocked: true }));
  }, []);
  const { session, isLocked, failure } = entrance;
  const context = useMemo(
    () => session && { session, onFailure, logOut },
    [session, onFailure, logOut],
  );
  return (
    <>
      {context && (
        <div hidden={isLocked}>
          <SessionProvider value={context}>
            <Frame />
          </SessionProvider>
        </div>
      )}
      {isLocked && <Login onEnter={enter} />}
      {!isLocked && !context && <Waiting failure={failure} onRetry={ask} />}
    </>
  );
}

interface WaitingProps {
  readonly failure: Failure['error'] | undefined;
  readonly onRetry: () => void;
}

function Waiting({ failure, onRetry }: WaitingProps) {
  return (
    <main className="alone">
      {failure ? <FailureAlert failure={failure} onRetry={onRetry} /> : <Spin size="large" />}
    </main>
  );
}
