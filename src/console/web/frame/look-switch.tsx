import { MoonOutlined, SunOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useText } from '../language/language.js';
import { useChosenLook } from './look.js';
import { texts } from './texts.js';

/** Light or dark. */
export function LookSwitch() {
  const { isDark, toggle } = useChosenLook();
  const text = useText();
  return (
    <Button
      type="text"
      icon={isDark ? <SunOutlined /> : <MoonOutlined />}
      aria-label={text(isDark ? texts.light : texts.dark)}
      title={text(isDark ? texts.light : texts.dark)}
      onClick={toggle}
    />
  );
}
