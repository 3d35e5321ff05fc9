import type { Bilingual } from '../../core/language.js';

/** What a status usually means for who runs the bot, and what to do; the first that fits holds. */
export const statusHints: readonly (readonly [reason: RegExp, text: Bilingual])[] = [
  [
    /^http-3/u,
    {
      en: 'Redirects are not followed: put the final address into `callback.url`. Often a `/` at its end is missing (Django, FastAPI, Go), or it is https.',
      zh: '不跟随重定向：请在 `callback.url` 中填写最终地址。常见原因是末尾缺少 `/`（Django、FastAPI、Go），或应使用 https。',
    },
  ],
  [
    /^http-(?:400|422)/u,
    {
      en: 'The receiver takes the body for wrong; what it answered usually says which field. Read it as JSON, keep unknown fields, and let `payload`, `text` and `variables` be absent.',
      zh: '接收端认为正文有误，其回答通常会指出是哪个字段。请按 JSON 读取、容许未知字段，并允许缺少 `payload`、`text`、`variables`。',
    },
  ],
  [
    /^http-401/u,
    {
      en: 'The receiver does not accept the key or the signature: check `callback.apiKey` and `callback.secret`; verify the raw body, not one that was parsed and written anew; check the clocks.',
      zh: '接收端不接受密钥或签名：请检查 `callback.apiKey` 和 `callback.secret`；应对原始正文（而非解析后重新生成的正文）校验；并检查两端时钟。',
    },
  ],
  [
    /^http-403/u,
    {
      en: 'Usually a CSRF filter (Spring Security, Django, Laravel, Rails): exempt this path. Else a firewall before the receiver, or `callback.apiKey`.',
      zh: '通常是 CSRF 过滤（Spring Security、Django、Laravel、Rails）：请对此路径豁免。也可能是接收端之前的防火墙，或 `callback.apiKey` 有误。',
    },
  ],
  [
    /^http-404/u,
    {
      en: 'The receiver has nothing for POST at this path: check `callback.url`, and what a proxy before it does with the path.',
      zh: '接收端在此路径上不处理 POST：请检查 `callback.url`，以及前置代理是否改动了路径。',
    },
  ],
  [
    /^http-405/u,
    {
      en: 'The path is there, but not for POST: add a POST handler, or check `callback.url` (a missing or extra `/` at its end is often the cause).',
      zh: '此路径存在，但不接受 POST：请为其添加 POST 处理，或检查 `callback.url`（末尾多或少一个 `/` 是常见原因）。',
    },
  ],
  [
    /^http-406/u,
    {
      en: 'The receiver cannot answer in a form that is asked for: let it answer with application/json, text/plain or text/event-stream (in Spring: `produces`).',
      zh: '接收端无法按所要求的格式作答：请让它以 application/json、text/plain 或 text/event-stream 作答（Spring 中为 `produces`）。',
    },
  ],
  [
    /^http-410/u,
    {
      en: 'The receiver is gone for good; the rule rests until the rules are reloaded.',
      zh: '接收端已永久下线；该规则暂停，直到重新加载规则。',
    },
  ],
  [
    /^http-413/u,
    {
      en: 'The receiver, or a proxy before it, limits the body (Express and NestJS to 100 kB, Fastify and aiohttp to 1 MB): express.json({ limit: "1mb" }), client_max_body_size 1m in nginx.',
      zh: '接收端或其前置代理限制了正文大小（Express、NestJS 为 100 kB，Fastify、aiohttp 为 1 MB）：express.json({ limit: "1mb" })，nginx 的 client_max_body_size 1m。',
    },
  ],
  [
    /^http-415/u,
    {
      en: 'The receiver does not read application/json: add a JSON body parser for this path.',
      zh: '接收端不读取 application/json：请为此路径添加 JSON 解析。',
    },
  ],
  [
    /^http-429/u,
    {
      en: 'The receiver asks for fewer calls: set its `receivers` rate to what it allows, or raise that.',
      zh: '接收端要求降低调用频率：请用 `receivers` 的 rate 设为其允许的值，或提高其上限。',
    },
  ],
  [
    /^http-5/u,
    {
      en: 'The receiver failed: its own log says why. With 502 or 504 a proxy before it found it gone or too slow.',
      zh: '接收端出错：原因见其自身日志。502 或 504 表示前置代理连不上接收端，或等待超时。',
    },
  ],
];
