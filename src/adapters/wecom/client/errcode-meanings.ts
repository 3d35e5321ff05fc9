import { appPage, type ErrcodeMeaning, errcodeTable } from './errcode-table.js';

/**
 * The meaning of an `errcode`; of an unknown one where to look it up.
 *
 * @param callerIp the address that WeCom saw (60020 only)
 */
export function meaningOf(errcode: number, callerIp?: string): ErrcodeMeaning {
  if (errcode === 60_020) return untrustedIp(callerIp);
  const lookUp = `https://open.work.weixin.qq.com/devtool/query?e=${errcode}`;
  return (
    errcodeTable[errcode] ?? {
      what: { en: 'see its own explanation', zh: '请查看官方说明' },
      todo: { en: `Look it up: ${lookUp}`, zh: `查询：${lookUp}` },
    }
  );
}

/** The address is what the operator has to type in. */
function untrustedIp(callerIp: string | undefined): ErrcodeMeaning {
  const known = callerIp === undefined ? '' : ` ${callerIp}`;
  return {
    what: {
      en: `the caller's IP${known} is not trusted`,
      zh: `调用方 IP${known} 不在可信列表中`,
    },
    todo: {
      en: `Add ${callerIp ?? "this machine's public IP"} to 企业可信IP on ${appPage.en}. The list can be edited only after the callback URL (or a trusted domain) is set. Behind NAT or on serverless platforms the IP changes: use a fixed way out.`,
      zh: `请在${appPage.zh}的“企业可信IP”中加入 ${callerIp ?? '本机的公网 IP'}。该列表须先设置接收消息服务器 URL（或可信域名）后才能编辑。NAT 或 Serverless 环境的出口 IP 会变化，请使用固定出口。`,
    },
  };
}
