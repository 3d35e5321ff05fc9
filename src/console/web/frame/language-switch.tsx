import { Button } from 'antd';
import { useLanguage, useText } from '../language/language.js';
import { texts } from './texts.js';

/** Goes to the other language. */
export function LanguageSwitch() {
  const { language, choose } = useLanguage();
  const text = useText();
  const other = language === 'zh' ? 'en' : 'zh';
  return (
    <Button type="text" lang={other === 'zh' ? 'zh-CN' : 'en'} onClick={() => choose(other)}>
      {text(texts.otherLanguage)}
    </Button>
  );
}
