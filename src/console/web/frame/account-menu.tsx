import { UserOutlined } from '@ant-design/icons';
import { Button, Dropdown } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useText } from '../language/language.js';
import { whenLeft } from './leaving.js';
import { useSession } from './session.js';
import { texts } from './texts.js';

const PasswordDialog = lazy(async () => {
  const module = await import('./password-dialog.js');
  return { default: module.PasswordDialog };
});

/** The password, and the way out. */
export function AccountMenu() {
  const text = useText();
  const { session, logOut } = useSession();
  const [isOpen, setOpen] = useState(false);
  const items = [
    { key: 'version', label: `wechaty-callback ${session.version}`, disabled: true },
    { key: 'password', label: text(texts.password), onClick: () => setOpen(true) },
    { key: 'out', label: text(texts.logOut), onClick: () => void whenLeft(logOut) },
  ];
  return (
    <>
      <Dropdown
        menu={{ items }}
        trigger={['click']}
        placement="bottomRight"
        getPopupContainer={({ parentElement }) => parentElement ?? document.body}
      >
        <Button type="text" icon={<UserOutlined />} aria-label={text(texts.account)} />
      </Dropdown>
      {isOpen && (
        <Suspense>
          <PasswordDialog onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
