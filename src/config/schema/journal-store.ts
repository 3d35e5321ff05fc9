import { z } from 'zod';
import type { DatabasePlace, DatabaseServer } from '../../core/database-place.js';
import { expected } from '../../core/expectation.js';
import { count, flag, keys, text } from '../../core/schema-values.js';
import { encodeUser, userEnd } from '../address-user.js';
import type { JournalStore } from '../config.js';

const form = expected(
  'sqlite:<file>, postgres://… or memory',
  'sqlite:<file>, postgres://… 或 memory',
);
const databaseForm = expected('postgres://…', 'postgres://…');
const unencoded = expected(
  'postgres://user:password@host/database, where / ? # @ of a password are written %2F %3F %23 %40; or journal.store: {host, database, user, password}, where they are written as they are',
  'postgres://user:password@host/database，其中密码里的 / ? # @ 写作 %2F %3F %23 %40；或改用 journal.store: {host, database, user, password}，密码可照原样书写',
);

const storeAddress = z.string().transform((value, context): JournalStore => {
  if (value === 'memory') return { kind: 'memory' };
  if (/^sqlite:./u.test(value)) return { kind: 'sqlite', file: value.slice('sqlite:'.length) };
  const url = databaseUrl(value);
  if (url !== undefined) return { kind: 'postgres', url };
  context.addIssue({ code: 'custom', message: mistakeOf(value, form) });
  return z.NEVER;
});

const databaseAddress = z.string().transform((value, context): DatabasePlace => {
  const url = databaseUrl(value);
  if (url !== undefined) return { url };
  context.addIssue({ code: 'custom', message: mistakeOf(value, databaseForm) });
  return z.NEVER;
});

const isDatabase = /^postgres(?:ql)?:\/\//u;

/** The address of a database as `URL` can read it; `undefined`: it is none. */
function databaseUrl(value: string): string | undefined {
  if (!isDatabase.test(value) || isAmbiguous(value)) return undefined;
  const url = withEncodedUser(value);
  return URL.canParse(url) ? url : undefined;
}

function mistakeOf(value: string, wanted: string): string {
  return isDatabase.test(value) && value.includes('@') ? unencoded : wanted;
}

/** An `@` behind what would be taken for the host: it is a part of the password, most likely. */
function isAmbiguous(value: string): boolean {
  const end = userEnd(value);
  const rest = value.slice(end === 0 ? value.indexOf('//') + 2 : end + 1);
  const [path = ''] = rest.split('?', 1);
  return end === 0 ? rest.includes('@') : path.includes('@') || /@[^@]*\//u.test(rest);
}

/** A `%` that begins nothing is what it looks like. */
function withEncodedUser(value: string): string {
  const end = userEnd(value);
  const start = value.indexOf('//') + 2;
  if (end === 0) return value;
  return value.slice(0, start) + encodeUser(value.slice(start, end)) + value.slice(end);
}

const ssl = z
  .union(
    [
      flag,
      z.literal('no-verify'),
      keys({
        ca: text.describe(
          'A file with the certificates to trust (PEM). / 受信任的证书文件（PEM）。',
        ),
      }),
    ],
    {
      error: expected(
        'true, false, no-verify, or {ca: <file>}',
        'true、false、no-verify 或 {ca: <文件>}',
      ),
    },
  )
  .prefault(false);

const server = keys({
  host: z
    .string()
    .regex(/^[^\s@]+$/u, {
      error: expected('a host such as db.internal', '主机名，例如 db.internal'),
    })
    .describe('Name or address of the server. / 服务器名称或地址。'),
  port: count(1, 65_535).prefault(5432).describe('Its port. / 端口。'),
  database: text.describe('Name of the database. / 数据库名。'),
  user: text.exactOptional().describe('Who logs in. / 用户名。'),
  password: z.string().exactOptional().describe('As it is, nothing encoded. / 密码，照原样书写。'),
  passwordFile: text.exactOptional().describe('A file that holds the password. / 保存密码的文件。'),
  ssl: ssl.describe(
    'TLS: true checks the certificate, no-verify does not. / TLS；no-verify 不校验证书。',
  ),
  schema: text
    .exactOptional()
    .describe('Holds the tables; default wechaty_callback. / 存放数据表的 schema。'),
}).superRefine(({ password, passwordFile }, context) => {
  if (password === undefined || passwordFile === undefined) return;
  const message = expected(
    'password or passwordFile, not both',
    'password 与 passwordFile 只写其一',
  );
  context.addIssue({ code: 'custom', message, path: ['passwordFile'] });
});

const byKeys = server.transform(
  (value): DatabasePlace => ({
    server: value satisfies DatabaseServer,
  }),
);

/** Where accepted tasks are kept. */
export const journalStore = z.union([
  storeAddress,
  byKeys.transform((place): JournalStore => ({ kind: 'postgres', ...place })),
]);

/** A database alone. */
export const journalDatabase = z.union([databaseAddress, byKeys]);
