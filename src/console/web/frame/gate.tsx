import { Spin } from 'antd';
import { useCallback, useEffect, useMemo, useState } from 'react';
import type { Failure, Session } from '../../api/contract.js';
import { call } from '../api/client.js';
import { failureOf } from '../api/refused.js';
import { Login } from '../pages/login/login.js';
import { FailureAlert } from '../parts/failure-alert.js';
import { Frame } from './frame.js';
import { SessionProvider } from './session.js';

type Entrance =
  | { readonly kind: 'asking' }
  | { readonly kind: 'login' }
  | { readonly kind: 'failed'; readonly failure: Failure['error'] }
  | { readonly kind: 'in'; readonly session: Session };

/** Shows the pages to who is logged in, and the login to everybody else. */
export function Gate() {
  const [entrance, setEntrance] = useState<Entrance>({ kind: 'asking' });
  const enter = useCallback((session: Session) => setEntrance({ kind: 'in', session }), []);
  const onFailure = useCallback((failure: Failure['error']) => {
    if (failure.code === 'no-session') setEntrance({ kind: 'login' });
  }, []);
  const ask = useCallback(() => {
    setEntrance({ kind: 'asking' });
    call('GET /session', {}).then(enter, (error: unknown) => {
      const failure = failureOf(error);
      setEntrance(failure.code === 'no-session' ? { kind: 'login' } : { kind: 'failed', failure });
    });
  }, [enter]);
  useEffect(ask, [ask]);
  const session = entrance.kind === 'in' ? entrance.session : undefined;
  const context = useMemo(
    () =>
      session && {
        session,
        onFailure,
        logOut: () => {
          void call('POST /logout', {}).finally(() => setEntrance({ kind: 'login' }));
        },
      },
    [session, onFailure],
  );
  if (context !== undefined) {
    return (
      <SessionProvider value={context}>
        <Frame />
      </SessionProvider>
    );
  }
  if (entrance.kind === 'login') return <Login onEnter={enter} />;
  if (entrance.kind === 'failed') {
    return (
      <main className="alone">
        <FailureAlert failure={entrance.failure} onRetry={ask} />
      </main>
    );
  }
  return (
    <main className="alone">
      <Spin size="large" />
    </main>
  );
}
