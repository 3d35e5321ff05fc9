import { Component, type ReactNode } from 'react';
import { failureOf } from '../api/refused.js';
import { FailureAlert } from '../parts/failure-alert.js';

interface Props {
  readonly children: ReactNode;
}

interface State {
  readonly error?: unknown;
}

/** Shows what went wrong in a page in its place, and leaves the frame working. */
export class CrashBox extends Component<Props, State> {
  override readonly state: State = {};

  static getDerivedStateFromError(error: unknown): State {
    return { error };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === undefined) return this.props.children;
    return <FailureAlert failure={failureOf(error)} onRetry={() => location.reload()} />;
  }
}
