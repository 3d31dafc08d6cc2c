// What verify.mjs and demo.mjs share. Node's own modules only: nothing may be installed yet.
import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';

/** npm is a .cmd file on Windows, which only a shell runs. */
const shell = process.platform === 'win32';

/** Runs a program in the foreground; ends this process with its exit code where it fails, unless `mayFail`. Returns the code. */
export function run(command, args, { mayFail = false } = {}) {
  console.error(`\n> ${[command === process.execPath ? 'node' : command, ...args].join(' ')}`);
  const { status, error } = spawnSync(command, args, { stdio: 'inherit', shell: shell && command === 'npm' });
  const code = error ? 127 : (status ?? 1);
  if (error) console.error(`${command} could not be started: ${error.message}`);
  if (code !== 0 && !mayFail) process.exit(code);
  return code;
}

/** Installs the dependencies of the lock file where they are missing or older than it (npm notes the time in .package-lock.json). */
export function install() {
  const mark = 'node_modules/.package-lock.json';
  if (existsSync(mark) && statSync(mark).mtimeMs >= statSync('package-lock.json').mtimeMs) return;
  run('npm', ['ci', '--no-audit', '--no-fund']);
}
