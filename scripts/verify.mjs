// npm run verify: installs, builds, type-checks and runs every test, also in a fresh clone on a bare machine.
import { spawnSync } from 'node:child_process';
import { install, run } from './lib/steps.mjs';

install();
installPrograms({ chromium: ['chromium', 'chromium-browser', 'google-chrome'], neovim: ['nvim'] });
run('npm', ['run', 'build']);
run('npm', ['run', 'typecheck']);
run(process.execPath, ['scripts/test.mjs', '--all']);

/**
 * The slow suites drive a browser and an editor. Debian packages that are missing are installed where we may; a suite
 * whose program is still missing skips itself and says so.
 */
function installPrograms(packages) {
  const missing = Object.keys(packages).filter(name => !packages[name].some(command => succeeds('which', [command])));
  if (missing.length === 0) return;
  if (process.getuid?.() !== 0 || !succeeds('which', ['apt-get'])) {
    console.error(`\nwithout ${missing.join(' and ')}: the suites that need them are skipped`);
    return;
  }
  run('apt-get', ['update', '-qq'], { mayFail: true });
  if (run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...missing], { mayFail: true }) !== 0) console.error(`\n${missing.join(' and ')} could not be installed: the suites that need them are skipped`);
}

function succeeds(command, args) {
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0;
}
