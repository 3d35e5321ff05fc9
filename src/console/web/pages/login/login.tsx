import { Button, Input } from 'antd';
import { type FormEvent, useEffect, useState } from 'react';
import type { Session } from '../../../api/contract.js';
import { call } from '../../api/client.js';
import { useAction } from '../../api/use-action.js';
import { LanguageSwitch } from '../../frame/language-switch.js';
import { LookSwitch } from '../../frame/look-switch.js';
import { passwordCommand } from '../../frame/password-command.js';
import { useText } from '../../language/language.js';
import { FailureAlert } from '../../parts/failure-alert.js';
import { Field } from '../../parts/field.js';
import { texts } from './texts.js';

/** Asks for the password. */
export function Login({ onEnter }: { readonly onEnter: (session: Session) => void }) {
  const text = useText();
  const { isRunning, failure, run } = useAction();
  const [password, setPassword] = useState('');
  useEffect(() => {
    document.title = text(texts.product);
  });
  const enter = (event: FormEvent) => {
    event.preventDefault();
    void run(async () => onEnter(await call('POST /login', { body: { password } })));
  };
  return (
    <div className="login">
      <div className="login-tools">
        <LookSwitch />
        <LanguageSwitch />
      </div>
      <main className="login-box">
        <h1>{text(texts.product)}</h1>
        {failure && <FailureAlert failure={failure} />}
        {failure?.retryAfterMs !== undefined && (
          <output>{text(texts.wait(Math.ceil(failure.retryAfterMs / 1000)))}</output>
        )}
        <form onSubmit={enter}>
          {/* Password managers look for a name, and there is only one here. */}
          <input
            type="text"
            name="username"
            autoComplete="username"
            value="console"
            readOnly
            hidden
          />
          <Field label={text(texts.password)}>
            {(ids) => (
              <Input.Password
                {...ids}
                name="password"
                size="large"
                autoFocus
                autoComplete="current-password"
                value={password}
                onChange={({ target }) => setPassword(target.value)}
              />
            )}
          </Field>
          <Button
            type="primary"
            size="large"
            block
            htmlType="submit"
            loading={isRunning}
            disabled={password === ''}
          >
            {text(texts.enter)}
          </Button>
        </form>
        <p className="login-hint">
          {text(texts.hint)} <code>{passwordCommand}</code>
        </p>
      </main>
    </div>
  );
}
