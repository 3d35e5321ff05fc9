import { ConfigProvider, App as Feedback } from 'antd';
import en from 'antd/locale/en_US.js';
import zh from 'antd/locale/zh_CN.js';
import { useEffect, useMemo } from 'react';
import { Gate } from './frame/gate.js';
import { LookProvider, useLook } from './frame/look.js';
import { nonce } from './frame/nonce.js';
import { useStored } from './frame/stored.js';
import { themeOf, variablesClass } from './frame/theme.js';
import { browserLanguage, LanguageProvider } from './language/language.js';

/** The whole page. */
export function App() {
  const [language, choose] = useStored('language', ['zh', 'en'], browserLanguage);
  const look = useLook();
  const spoken = useMemo(() => ({ language, choose }), [language, choose]);
  useEffect(() => {
    document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
    document.documentElement.className = variablesClass;
    document.documentElement.dataset['look'] = look.isDark ? 'dark' : 'light';
  }, [language, look.isDark]);
  return (
    <LanguageProvider value={spoken}>
      <LookProvider value={look}>
        <ConfigProvider
          theme={themeOf(look.isDark)}
          csp={{ nonce }}
          locale={language === 'zh' ? zh : en}
          // A blank between two Chinese characters would be part of a button's name.
          button={{ autoInsertSpace: false }}
        >
          <Feedback component={false}>
            <Gate />
          </Feedback>
        </ConfigProvider>
      </LookProvider>
    </LanguageProvider>
  );
}
