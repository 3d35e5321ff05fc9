import { CallbackError, nameOf } from '../core/errors.js';
import type { Bilingual } from '../core/language.js';

/** What can go wrong with a database. */
export type PostgresFault =
  /** No server answers, or it ended the connection: it may come back by itself. */
  | 'unreachable'
  /** The server does not let this user in. */
  | 'refused'
  /** The server lets nobody in from here, for this database or without encryption. */
  | 'not-admitted'
  /** The server's certificate is not trusted. */
  | 'certificate'
  /** Encryption is wanted, and the server has none. */
  | 'no-tls'
  /** A pooler refuses what it is asked for. */
  | 'pooler'
  /** The database, the schema or the right to make it is missing. */
  | 'unusable'
  /** The server's disk is full, or it takes no writes now. */
  | 'full'
  /** A file with a password or certificates cannot be read. */
  | 'file'
  | 'too-new'
  | 'driver-missing'
  | 'failed';

/** Classes and codes of SQLSTATE, the longest that fits counts (PostgreSQL's documentation, appendix A). */
const states: Readonly<Record<string, PostgresFault>> = {
  '08': 'unreachable',
  '57P': 'unreachable',
  '53': 'full',
  '53300': 'unreachable',
  '25006': 'full',
  '28': 'refused',
  '28000': 'not-admitted',
  '3D': 'unusable',
  '3F': 'unusable',
  '42501': 'unusable',
};

/** What the network says of a server that is not there. */
const unreachable = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENOENT',
  'EPIPE',
  'ETIMEDOUT',
]);

/** What Node.js says of a certificate. */
const certificate = /CERT|^ERR_TLS|^UNABLE_TO_|^HOSTNAME_MISMATCH$/u;

/** The driver's own words, where it gives no code. */
const unreachableWords = /terminated|timeout|Connection ended|not queryable/iu;
const noTlsWords = /does not support SSL/iu;

/** PgBouncer's own words, whose code is that of a server which ends a connection. */
const poolerWords = /unsupported (?:startup|pkt)|no such (?:database|user)|statement pooling/iu;

/**
 * What an error of the driver comes to; one of ours stays as it is. Its message is left out: it may
 * quote what was kept. The code tells which it is: `postgres-` and the kind of the fault.
 */
export function faultOf(error: unknown, address: string): CallbackError {
  if (error instanceof CallbackError) return error;
  const kind = kindOf(error);
  return postgresFault(kind, address, detailOf(error), error);
}

/** An error of a database; `detail` is a name or a code, never anybody's words. */
export function postgresFault(
  kind: PostgresFault,
  address: string,
  detail: string,
  cause?: unknown,
): CallbackError {
  return new CallbackError(`postgres-${kind}`, { text: texts[kind](address, detail), cause });
}

/** PostgreSQL gave up a transaction for the work of others: the same may be tried again. */
export function isGivenUp(error: unknown): boolean {
  const cause = error instanceof CallbackError ? error.cause : undefined;
  return cause instanceof Error && 'code' in cause && givenUp.has(cause.code);
}

/**
 * Deadlock, what concurrent changes do to stricter levels of isolation, a lock that was waited for
 * too long, and transactions that stood still for too long, because this process did.
 */
const givenUp = new Set<unknown>(['40P01', '40001', '55P03', '25P03', '25P04']);

function kindOf(error: unknown): PostgresFault {
  if (!(error instanceof Error)) return 'failed';
  if (error instanceof AggregateError) return kindOf(error.errors[0]);
  const { code, syscall } = error as { readonly code?: string; readonly syscall?: string };
  if (code === undefined) return kindOfWords(error.message);
  // The driver reads certificates that an address names.
  if (syscall === 'open') return 'file';
  if (code === '08P01' && poolerWords.test(error.message)) return 'pooler';
  return kindOfCode(code);
}

function kindOfCode(code: string): PostgresFault {
  if (unreachable.has(code)) return 'unreachable';
  if (certificate.test(code)) return 'certificate';
  return states[code] ?? states[code.slice(0, 3)] ?? states[code.slice(0, 2)] ?? 'failed';
}

function kindOfWords(message: string): PostgresFault {
  if (noTlsWords.test(message)) return 'no-tls';
  return unreachableWords.test(message) ? 'unreachable' : 'failed';
}

function detailOf(error: unknown): string {
  return error instanceof AggregateError ? detailOf(error.errors[0]) : nameOf(error);
}

const texts: Readonly<Record<PostgresFault, (address: string, detail: string) => Bilingual>> = {
  unreachable: (address, detail) => ({
    en: `PostgreSQL at ${address} cannot be reached (${detail}). Nothing has to be restarted: work goes on when it is back.`,
    zh: `无法连接 PostgreSQL ${address}（${detail}）。无需重启，数据库恢复后会自动继续。`,
  }),
  refused: (address, detail) => ({
    en: `PostgreSQL at ${address} refuses this user (${detail}). Check user and password in journal.store.`,
    zh: `PostgreSQL ${address} 拒绝该用户登录（${detail}）。请检查 journal.store 中的用户名和密码。`,
  }),
  'not-admitted': (address, detail) => ({
    en: `PostgreSQL at ${address} admits nobody in this way (${detail}): the user does not exist, or pg_hba.conf has no line for this user, database, address and encryption. Does it ask for TLS? Write ?sslmode=verify-full behind the address, or ssl: true.`,
    zh: `PostgreSQL ${address} 不接受这样的登录（${detail}）：用户不存在，或 pg_hba.conf 中没有匹配该用户、数据库、地址和加密方式的行。如果服务器要求 TLS，请在地址后加 ?sslmode=verify-full，或写 ssl: true。`,
  }),
  certificate: (address, detail) => ({
    en: `The certificate of PostgreSQL at ${address} is not trusted (${detail}). Name the file of its CA (?sslmode=verify-full&sslrootcert=<file>, or ssl: {ca: <file>}), and the server as the certificate does. sslmode=no-verify encrypts and checks nothing.`,
    zh: `PostgreSQL ${address} 的证书不受信任（${detail}）。请指定其 CA 文件（?sslmode=verify-full&sslrootcert=<文件>，或 ssl: {ca: <文件>}），并使用证书中的服务器名称。sslmode=no-verify 只加密、不校验。`,
  }),
  'no-tls': (address, detail) => ({
    en: `PostgreSQL at ${address} offers no TLS (${detail}). Switch it on there (ssl = on), or write ?sslmode=disable behind the address, or ssl: false.`,
    zh: `PostgreSQL ${address} 未提供 TLS（${detail}）。请在服务器上开启（ssl = on），或在地址后加 ?sslmode=disable，或写 ssl: false。`,
  }),
  pooler: (address, detail) => ({
    en: `The pooler at ${address} refuses this (${detail}); its own log says what. It must know the database and the user, its pool_mode must be session or transaction, and it may not know a parameter behind the address (such as ?options=).`,
    zh: `连接池 ${address} 拒绝了请求（${detail}），原因见其日志。连接池须配置该数据库和用户，pool_mode 须为 session 或 transaction；地址后的参数（例如 ?options=）也可能不被支持。`,
  }),
  unusable: (address, detail) => ({
    en: `PostgreSQL at ${address} has no such database, or this user may not make tables in it (${detail}). Create the database, and let the user create a schema in it.`,
    zh: `PostgreSQL ${address} 没有该数据库，或该用户无权建表（${detail}）。请先创建数据库，并授予该用户创建 schema 的权限。`,
  }),
  full: (address, detail) => ({
    en: `PostgreSQL at ${address} takes no writes (${detail}): its disk is full, or it is a standby. Nothing has to be restarted.`,
    zh: `PostgreSQL ${address} 无法写入（${detail}）：磁盘已满，或该服务器是只读备库。无需重启。`,
  }),
  file: (file, detail) => ({
    en: `The file ${file} that journal.store names cannot be read (${detail}).`,
    zh: `无法读取 journal.store 中指定的文件 ${file}（${detail}）。`,
  }),
  'too-new': (address, detail) => ({
    en: `The tables at ${address} were made by a newer version of wechaty-callback (${detail}). Update the package here, too.`,
    zh: `${address} 中的数据表由更新版本的 wechaty-callback 创建（${detail}）。请同样升级本机的包。`,
  }),
  'driver-missing': (_, detail) => ({
    en: `A journal in PostgreSQL needs the package pg (${detail}). Install it beside wechaty-callback: npm install pg`,
    zh: `使用 PostgreSQL 任务日志需要安装 pg 包（${detail}）。请与 wechaty-callback 一同安装：npm install pg`,
  }),
  failed: (address, detail) => ({
    en: `PostgreSQL at ${address} failed (${detail}); its own log says more.`,
    zh: `PostgreSQL ${address} 出错（${detail}），详情见数据库日志。`,
  }),
};
