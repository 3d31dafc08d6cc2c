import { pbkdf2Sync, randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

const derive = promisify(scrypt);

/** @param {string} password */
export async function hashPassword(password) {
  const salt = randomBytes(16).toString('hex');
  const key = await derive(password, salt, 64);
  return `scrypt:${salt}:${key.toString('hex')}`;
}

/**
 * @param {string} password
 * @param {string} stored
 */
export async function checkPassword(password, stored) {
  const [kind, salt, hash] = stored.split(':');
  // Accounts from before 2021 still have the old hash.
  const key = kind === 'scrypt' ? await derive(password, salt, 64) : pbkdf2Sync(password, salt, 310_000, 64, 'sha512');
  return timingSafeEqual(key, Buffer.from(hash, 'hex'));
}
