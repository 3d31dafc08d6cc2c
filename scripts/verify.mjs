// npm run verify: installs, builds, type-checks and runs every test, also in a fresh clone on a bare machine.
import { spawnSync } from 'node:child_process';
import { install, run } from './lib/steps.mjs';

install();
installPrograms({ chromium: ['chromium', 'chromium-browser', 'google-chrome'], neovim: ['nvim'] });
// Each step says what it has to say, whatever came of the one before; the tests come last, since CI reads their closing lines.
const steps = { build: ['npm', ['run', 'build']], typecheck: ['npm', ['run', 'typecheck']], tests: [process.execPath, ['scripts/test.mjs', '--all']] };
const failed = Object.keys(steps).filter(name => run(...steps[name], { mayFail: true }) !== 0);
if (failed.length > 0) console.error(`\nverify: ${failed.join(', ')} failed`);
process.exitCode = failed.length > 0 ? 1 : 0;

/**
 * The slow suites drive a browser and an editor. Debian packages that are missing are installed where we may; a suite
 * whose program is still missing skips itself and says so.
 */
function installPrograms(packages) {
  const missing = Object.keys(packages).filter(name => !packages[name].some(command => succeeds('which', [command])));
  if (missing.length === 0) return;
  if (process.argv.includes('--no-install') || process.getuid?.() !== 0 || !succeeds('which', ['apt-get'])) {
    console.error(`\nwithout ${missing.join(' and ')}: the suites that need them are skipped`);
    return;
  }
  console.error(`\nverify: installs ${missing.join(' and ')} with apt-get, for the suites that drive a browser and an editor (npm run verify -- --no-install skips them)`);
  run('apt-get', ['update', '-qq'], { mayFail: true });
  if (run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...missing], { mayFail: true }) !== 0) console.error(`\n${missing.join(' and ')} could not be installed: the suites that need them are skipped`);
}

function succeeds(command, args) {
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0;
}
