import { type ThemeConfig, theme } from 'antd';

/** The class that carries the design's variables, `--ant-color-text` and so on. */
export const variablesClass = 'console';

type Token = NonNullable<ThemeConfig['token']>;

const shared = {
  // A button whose state changes in the middle of a movement could wait for its end for ever.
  motion: false,
  borderRadius: 6,
  fontFamily:
    'system-ui, -apple-system, "Segoe UI", "PingFang SC", "Hiragino Sans GB", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif',
};

/** Every pair of text and ground has a contrast of 4.5 at least (WCAG AA). */
const light: Token = {
  ...shared,
  colorPrimary: '#0b6e4f',
  colorPrimaryBg: '#e6f1ed',
  colorPrimaryBgHover: '#d3e7df',
  colorInfo: '#0b57a4',
  colorInfoBg: '#eaf2fb',
  colorInfoBorder: '#b5d2ee',
  colorLink: '#0b6e4f',
  colorSuccess: '#166f30',
  colorSuccessBg: '#e8f5ec',
  colorWarning: '#8a5a00',
  colorWarningBg: '#fdf4dc',
  colorWarningBorder: '#ecd08f',
  colorError: '#b42318',
  colorErrorBg: '#fdeeec',
  colorErrorBorder: '#f0b8b2',
  colorTextPlaceholder: 'rgba(0,0,0,0.58)',
  colorTextDescription: 'rgba(0,0,0,0.62)',
  colorTextTertiary: 'rgba(0,0,0,0.62)',
  colorTextQuaternary: 'rgba(0,0,0,0.58)',
};

const dark: Token = {
  ...shared,
  colorPrimary: '#288a67',
  colorInfo: '#5b9bd5',
  colorLink: '#5cc9a5',
  colorSuccess: '#4cc26c',
  colorWarning: '#e0a93b',
  colorError: '#f0736a',
  colorTextPlaceholder: 'rgba(255,255,255,0.6)',
  colorTextDescription: 'rgba(255,255,255,0.65)',
  colorTextTertiary: 'rgba(255,255,255,0.65)',
};

/** The look of Ant Design's parts. */
export function themeOf(isDark: boolean): ThemeConfig {
  return {
    cssVar: { key: variablesClass },
    hashed: false,
    algorithm: isDark ? theme.darkAlgorithm : theme.defaultAlgorithm,
    token: isDark ? dark : light,
    components: {
      Button: {
        primaryShadow: 'none',
        defaultShadow: 'none',
        dangerColor: isDark ? '#1b0d0c' : '#ffffff',
      },
    },
  };
}
