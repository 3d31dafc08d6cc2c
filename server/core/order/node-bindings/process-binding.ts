import { ProcessExit } from '../event-loop/engine.ts';
import type { EventLoop } from '../event-loop/loop.ts';
import { slack } from '../event-loop/virtual-clock.ts';
import { guestLibraries } from '../node-lib/registry.ts';
import type { NodeMajor, ProgramSource } from '../run.ts';
import type { StartOptions } from '../agent-cluster.ts';
import type { GuestValue, Realm } from './realm.ts';

/** The releases whose behaviour was measured (SEMANTICS), and what `process.versions` says of them. */
const releases: Readonly<Record<NodeMajor, { readonly version: string; readonly uv: string }>> = {
  18: { version: 'v18.20.8', uv: '1.44.2' },
  20: { version: 'v20.20.2', uv: '1.46.0' },
  22: { version: 'v22.23.3', uv: '1.51.0' },
  24: { version: 'v24.21.0', uv: '1.52.1' },
  26: { version: 'v26.10.0', uv: '1.52.1' },
};

/** Modules that the program may require: every library that is not internal. */
const builtinModules = [...guestLibraries.keys()].filter(id => !id.startsWith('internal/') && id !== 'process-object').sort();

/** Signals that end a process that does not listen for them. */
const signalNumbers: Readonly<Record<string, number>> = { SIGHUP: 1, SIGINT: 2, SIGQUIT: 3, SIGABRT: 6, SIGKILL: 9, SIGUSR1: 10, SIGUSR2: 12, SIGALRM: 14, SIGTERM: 15 };

/** `internalBinding('process')` for the libraries: version, world outside, exits, output, unknown values. */
export function createProcessBinding(realm: Realm, loop: EventLoop, program: ProgramSource, start: StartOptions | null): GuestValue {
  const release = releases[realm.node];
  let directory = program.entry.slice(0, program.entry.lastIndexOf('/')) || '/';
  const environment = Object.fromEntries(Object.entries(JSON.parse(start?.env ?? '{}') as Record<string, string>).map(([name, value]) => [name, realm.primitive(value)]));
  const text = (value: GuestValue): string => String(realm.host(value));
  const write = (stream: 'stdout' | 'stderr', value: GuestValue): void => {
    loop.wroteOutput();
    realm.write(stream, value);
  };
  const stdio = (fd: GuestValue): 'stdout' | 'stderr' => (realm.host(fd) === 2 ? 'stderr' : 'stdout');
  const line = (value: GuestValue): GuestValue => (realm.isUnknown(value) ? value : realm.primitive(`${text(value)}\n`));
  return realm.object({
    major: realm.primitive(realm.node),
    version: realm.primitive(release.version),
    versions: realm.object({ node: realm.primitive(release.version.slice(1)), uv: realm.primitive(release.uv) }),
    argv: realm.array(['/usr/local/bin/node', program.entry, ...(start?.argv ?? [])].map(one => realm.primitive(one))),
    execArgv: realm.array((start?.execArgv ?? []).map(one => realm.primitive(one))),
    execPath: realm.primitive('/usr/local/bin/node'),
    env: realm.object({ PATH: realm.unknown('process.env.PATH', 'string'), HOME: realm.unknown('process.env.HOME', 'string'), ...environment }),
    pid: realm.inexact(realm.primitive(4242 + (start?.kind === 'process' ? start.threadId : 0)), 'process.pid'),
    ppid: realm.inexact(realm.primitive(start?.kind === 'process' ? 4242 : 4241), 'process.ppid'),
    builtinModules: realm.array(builtinModules.map(id => realm.primitive(id))),
    isBuiltin: realm.func('isBuiltin', ([id]) => realm.primitive(builtinModules.includes(text(id)))),
    cwd: realm.func('cwd', () => realm.primitive(directory)),
    chdir: realm.func('chdir', ([path]) => { directory = text(path); }),
    uptime: realm.func('uptime', () => realm.inexact(realm.primitive((startUpMs + loop.clock.read(realm.place())) / 1000), 'process.uptime()')),
    hrtime: realm.func('hrtime', ([seconds, nanoseconds]) => {
      const total = BigInt(Math.round((startUpMs + loop.clock.read(realm.place())) * 1e6)) - BigInt(Number(realm.host(seconds)) || 0) * 1_000_000_000n - BigInt(Number(realm.host(nanoseconds)) || 0);
      const billion = 1_000_000_000n;
      const rest = ((total % billion) + billion) % billion;
      return realm.array([(total - rest) / billion, rest].map(part => realm.inexact(realm.primitive(Number(part)), 'process.hrtime()')));
    }),
    hrtimeBigint: realm.func('hrtimeBigint', () => realm.inexact(realm.primitive(BigInt(Math.round((startUpMs + loop.clock.read(realm.place())) * 1e6))), 'process.hrtime.bigint()')),
    reallyExit: realm.func('reallyExit', ([code]) => { throw new ProcessExit(Number(realm.host(code))); }),
    killed: realm.func('killed', ([signal]) => { throw new ProcessExit(128 + (signalNumbers[text(signal)] ?? 15)); }),
    unknown: realm.func('unknown', ([origin, type]) => realm.unknown(text(origin), text(type))),
    isUnknown: realm.func('isUnknown', ([value]) => realm.primitive(realm.isUnknown(value))),
    isOpen: realm.func('isOpen', ([value]) => realm.primitive(realm.isOpen(value))),
    originOf: realm.func('originOf', ([value]) => realm.primitive(realm.originOf(value))),
    likely: realm.func('likely', ([value]) => realm.primitive(realm.host(value))),
    opaque: realm.func('opaque', ([value, what]) => realm.inexact(value, text(what))),
    forgetBytes: realm.func('forgetBytes', ([bytes, what, length]) => { realm.forgetBytes(bytes, text(what), realm.truthy(length)); return bytes; }),
    unknownBytes: realm.func('unknownBytes', ([bytes]) => realm.primitive(realm.unknownBytes(bytes))),
    inexact: realm.func('inexact', ([value]) => realm.inexact(value, 'the text of a message')),
    incomplete: realm.func('incomplete', ([what]) => {
      realm.incomplete(text(what));
      return realm.unknown(text(what), 'object');
    }),
    writeStdio: realm.func('writeStdio', ([fd, value]) => { write(stdio(fd), value); }),
    writeRaw: realm.func('writeRaw', ([fd, value]) => { realm.writeDirectly(stdio(fd), value); }),
    writeOutput: realm.func('writeOutput', ([value]) => { write('stdout', line(value)); }),
    writeError: realm.func('writeError', ([value]) => { write('stderr', line(value)); }),
    writeFatal: realm.func('writeFatal', ([error]) => { write('stderr', realm.inexact(realm.primitive(`${realm.describeError(error)}\n`), 'the text of an uncaught error')); }),
    waitFor: realm.func('waitFor', ([ms]) => { loop.clock.waitFor(Number(realm.host(ms))); }),
    waitForOutside: realm.func('waitForOutside', () => { loop.clock.waitForUnknown(); }),
  });
}

/** What `process.uptime()` and `performance.now()` show when the program starts. */
const startUpMs = slack.start;

/** `internalBinding('performance')`. */
export function createPerformanceBinding(realm: Realm, loop: EventLoop): GuestValue {
  return realm.object({
    now: realm.func('now', () => realm.inexact(realm.primitive(startUpMs + loop.clock.read(realm.place())), 'performance.now()')),
    timeOrigin: realm.unknown('performance.timeOrigin', 'number'),
  });
}
