import { randomBytes, randomInt, scrypt, timingSafeEqual } from 'node:crypto';

/** Work factors of scrypt. */
export interface WorkFactors {
  readonly n: number;
  readonly r: number;
  readonly p: number;
}

/** A password as it is kept: nobody can read it back. */
export interface HashedPassword extends WorkFactors {
  readonly algorithm: 'scrypt';
  /** Base64. */
  readonly salt: string;
  /** Base64. */
  readonly hash: string;
}

/** 32 MB and some 100 ms a try: OWASP's second choice, which leaves room in a small container. */
const usualFactors: WorkFactors = { n: 2 ** 15, r: 8, p: 3 };
const hashBytes = 32;

/** The shortest password that is taken, in characters. */
export const minPasswordLength = 10;

/** No 0 and O, no 1, l and I: it is read from a console and typed. */
const letters = 'abcdefghjkmnpqrstuvwxyz23456789';

/** A random password of some 99 bits, in groups that are easily typed. */
export function generatePassword(): string {
  return Array.from({ length: 4 }, group).join('-');
}

function group(): string {
  return Array.from({ length: 5 }, () => letters[randomInt(letters.length)]).join('');
}

/** Hashes a password with a salt of its own. */
export async function hashPassword(
  password: string,
  factors: WorkFactors = usualFactors,
): Promise<HashedPassword> {
  const salt = randomBytes(16);
  const hash = await derive(password, salt, factors);
  return {
    algorithm: 'scrypt',
    ...factors,
    salt: salt.toString('base64'),
    hash: hash.toString('base64'),
  };
}

/** Whether it is the password; takes the same time whatever is wrong. */
export async function isPassword(password: string, kept: HashedPassword): Promise<boolean> {
  const expected = Buffer.from(kept.hash, 'base64');
  const found = await derive(password, Buffer.from(kept.salt, 'base64'), kept);
  return found.length === expected.length && timingSafeEqual(found, expected);
}

function derive(password: string, salt: Buffer, { n, r, p }: WorkFactors): Promise<Buffer> {
  const options = { N: n, r, p, maxmem: 256 * n * r };
  return new Promise((resolve, reject) => {
    // The same text typed on another system may be composed otherwise.
    scrypt(password.normalize('NFKC'), salt, hashBytes, options, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}
