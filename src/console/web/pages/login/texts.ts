/** What the login says. */
export const texts = {
  title: { en: 'Log in', zh: '登录' },
  product: { en: 'Wechaty Callback console', zh: 'Wechaty 回调控制台' },
  password: { en: 'Password', zh: '密码' },
  enter: { en: 'Log in', zh: '登录' },
  hint: {
    en: 'The password was printed when the console started for the first time. Lost it? Run:',
    zh: '控制台首次启动时打印了密码。忘记了？请执行：',
  },
  wait: (seconds: number) => ({
    en: `Wait ${seconds} s before the next attempt.`,
    zh: `请等待 ${seconds} 秒后再试。`,
  }),
} as const;
