'use strict';
// Node's `os`: what differs from machine to machine is unknown.
const { unknown } = internalBinding('process');
const signals = { SIGHUP: 1, SIGINT: 2, SIGQUIT: 3, SIGILL: 4, SIGTRAP: 5, SIGABRT: 6, SIGBUS: 7, SIGFPE: 8, SIGKILL: 9, SIGUSR1: 10, SIGSEGV: 11, SIGUSR2: 12, SIGPIPE: 13, SIGALRM: 14, SIGTERM: 15, SIGCHLD: 17, SIGCONT: 18, SIGSTOP: 19, SIGTSTP: 20 };
const some = (name, type) => () => unknown(`os.${name}()`, type);

module.exports = {
  EOL: '\n', devNull: '/dev/null', constants: { signals, errno: {}, priority: { PRIORITY_LOW: 19, PRIORITY_NORMAL: 0, PRIORITY_HIGH: -14 } },
  arch: () => 'x64', platform: () => 'linux', type: () => 'Linux', endianness: () => 'LE', tmpdir: () => '/tmp', machine: () => 'x86_64',
  homedir: some('homedir', 'string'), hostname: some('hostname', 'string'), release: some('release', 'string'), version: some('version', 'string'),
  uptime: some('uptime', 'number'), totalmem: some('totalmem', 'number'), freemem: some('freemem', 'number'), availableParallelism: some('availableParallelism', 'number'),
  loadavg: some('loadavg', 'object'), cpus: some('cpus', 'object'), networkInterfaces: some('networkInterfaces', 'object'), userInfo: some('userInfo', 'object'),
  getPriority: () => 0, setPriority: () => {},
};
