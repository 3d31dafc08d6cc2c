// One function of Node is reached by several names. Rows exist under one of them; these lead there.

const prefixes: readonly (readonly [module: string, prefix: string, canonical: string, canonicalPrefix: string])[] = [
  ['fs', 'promises.', 'fs/promises', ''],
  ['dns', 'promises.', 'dns/promises', ''],
  ['stream', 'promises.', 'stream/promises', ''],
  ['timers', 'promises.', 'timers/promises', ''],
  ['readline', 'promises.', 'readline/promises', ''],
  ['inspector', 'promises.', 'inspector/promises', ''],
  ['assert', 'strict.', 'assert', ''],
  ['assert/strict', '', 'assert', ''],
  ['path/posix', '', 'path', ''],
  ['path/win32', '', 'path', ''],
  ['crypto', 'webcrypto.', 'crypto', ''],
  ['globals', 'process.', 'process', ''],
  ['globals', 'console.', 'console', ''],
  ['globals', 'crypto.', 'crypto', ''],
  ['globals', 'Buffer.', 'buffer', 'Buffer.'],
  ['globals', 'performance.', 'perf_hooks', ''],
  ['perf_hooks', 'performance.', 'perf_hooks', ''],
  ['globals', 'globalThis.', 'globals', ''],
  ['globals', 'global.', 'globals', ''],
  ['globals', 'module.require', 'globals', 'require'],
  ['console', 'console.', 'console', ''],
  ['stream', 'Stream.', 'stream', ''],
  ['events', 'EventEmitter.', 'events', ''],
  ['module', 'Module.', 'module', ''],
];

/** The module and member path under which a function is described, or null where the given one is that already. */
export function moduleAlias(module: string, member: string): readonly [module: string, member: string] | null {
  for (const [from, prefix, to, toPrefix] of prefixes) {
    if (from === module && member.startsWith(prefix) && member.length >= prefix.length) return [to, toPrefix + member.slice(prefix.length)];
  }
  return null;
}
