// Prints as JSON what the running Node has: every function that its core modules and globals expose, by module and member
// path (`promises.readFile`, `Dir#read`), with parameter names, and the base class of each class.
// CommonJS without dependencies, so that any Node from 18 on can run it: node --no-warnings scripts/node-data/probe.cjs
'use strict';
const { builtinModules } = require('node:module');

const unlisted = ['sqlite', 'sea', 'test', 'test/reporters', 'quic', 'ffi', 'vfs'];
const skipped = /^(_|internal\/|node-inspect|v8\/tools|punycode$|constants$|sys$|trace_events$)/;
const names = [...new Set([...builtinModules.map(name => name.replace(/^node:/, '')), ...unlisted])].filter(name => !skipped.test(name)).sort();

/** "module\tmember" -> { params, class?, same? }: same is the first name of a class that has several */
const functions = {};
/** "module\tClass" -> "module\tBase" */
const bases = {};
/** prototype -> its first home */
const homes = new Map();

function parameters(fn) {
  const text = Function.prototype.toString.call(fn).slice(0, 600);
  const match = /^(?:async\s*)?(?:function\s*\*?\s*[\w$]*|\[?[\w$.]+\]?)?\s*\(([^)]*)\)/.exec(text);
  return match ? match[1].split(',').map(part => part.replace(/=.*/s, '').trim()).filter(part => /^(\.\.\.)?[\w$]+$/.test(part)) : [];
}

function isClass(fn) {
  const prototype = Object.getOwnPropertyDescriptor(fn, 'prototype')?.value;
  if (!prototype || typeof prototype !== 'object' || /Generator/.test(fn.constructor.name)) return false;
  return /^class\b/.test(Function.prototype.toString.call(fn)) || Object.getOwnPropertyNames(prototype).length > 1 || Object.getPrototypeOf(prototype) !== Object.prototype;
}

function value(object, key, getters) {
  const descriptor = Object.getOwnPropertyDescriptor(object, key);
  if (!descriptor) return undefined;
  if ('value' in descriptor) return descriptor.value;
  try {
    return getters ? descriptor.get?.call(object) : undefined;
  } catch {
    return undefined;
  }
}

function members(module, prefix, prototype) {
  if (!prototype || prototype === Object.prototype || prototype === Function.prototype) return;
  for (const key of Object.getOwnPropertyNames(prototype)) {
    if (key === 'constructor' || key.startsWith('_')) continue;
    const member = value(prototype, key, false);
    if (typeof member === 'function') functions[`${module}\t${prefix}#${key}`] = { params: parameters(member) };
  }
}

function add(module, path, fn, depth) {
  const row = (functions[`${module}\t${path}`] = { params: parameters(fn) });
  if (isClass(fn)) {
    row.class = true;
    const home = homes.get(fn.prototype);
    if (home === undefined) homes.set(fn.prototype, `${module}\t${path}`);
    else if (home !== `${module}\t${path}`) row.same = home;
    if (row.same === undefined) members(module, path, fn.prototype);
  }
  if (depth > 0) walk(module, path, fn, depth - 1);
}

function walk(module, path, object, depth) {
  for (const key of Object.getOwnPropertyNames(object)) {
    if (key === 'prototype' || key === 'default' || key === 'promises' || /^std(in|out|err)$/.test(key) || key === 'constants' || key === 'super_' || key.startsWith('_') || (typeof object === 'function' && ['length', 'name', 'arguments', 'caller'].includes(key))) continue;
    const member = value(object, key, typeof object === 'object');
    const memberPath = path === '' ? key : `${path}.${key}`;
    if (typeof member === 'function') {
      // node:test exports itself as `test` and, in Node 20, as `it`.
      if (memberPath !== ownName[module]) add(module, memberPath, member, member === object ? Math.min(depth, 1) : depth);
    } else if (member !== null && typeof member === 'object' && depth > 0 && !Array.isArray(member)) {
      walk(module, memberPath, member, 0);
      if (Object.getPrototypeOf(member) !== Object.prototype) inherited(module, memberPath, member);
    }
  }
}

/** Methods of an exported object that its class, which is not exported, has: `subtle.digest`, `locks.request`. */
function inherited(module, path, object) {
  for (let prototype = Object.getPrototypeOf(object); prototype && prototype !== Object.prototype; prototype = Object.getPrototypeOf(prototype)) {
    if (homes.has(prototype)) return;
    for (const key of Object.getOwnPropertyNames(prototype)) {
      if (key === 'constructor' || key.startsWith('_')) continue;
      const member = value(prototype, key, false);
      if (typeof member === 'function') functions[`${module}\t${path}.${key}`] ??= { params: parameters(member) };
    }
  }
}

// EventEmitter first, so that `process`, `cluster` and their like do not count as its home.
names.unshift('events', 'stream', 'net');
const ownName = { events: 'EventEmitter', stream: 'Stream', module: 'Module' };
const seen = new Set();
for (const name of names) {
  if (seen.has(name)) continue;
  seen.add(name);
  let exported;
  try {
    exported = require(`node:${name}`);
  } catch {
    continue;
  }
  // `require('events')` is the class EventEmitter itself; for others it is a function: assert(), test().
  if (typeof exported === 'function') add(name, ownName[name] ?? '', exported, 0);
  if (exported !== process) walk(name, '', exported, 2);
}
walk('process', '', process, 1);
const skippedGlobals = /^(DTRACE_|COUNTER_|global|GLOBAL$|root$|process$|localStorage$|sessionStorage$|Buffer$|WebAssembly$)/;
for (const key of Object.getOwnPropertyNames(globalThis)) {
  if (skippedGlobals.test(key)) continue;
  const member = value(globalThis, key, true);
  if (typeof member === 'function') add('globals', key, member, 1);
  else if (member !== null && typeof member === 'object') walk('globals', key, member, 0);
}

for (const [prototype, home] of homes) {
  const base = Object.getPrototypeOf(prototype);
  if (base && base !== Object.prototype && homes.has(base)) bases[home] = homes.get(base);
}

(async () => {
  // Classes that are not exported but met through what functions return.
  const fsp = require('node:fs').promises;
  const handle = await fsp.open(process.execPath);
  members('fs/promises', 'FileHandle', Object.getPrototypeOf(handle));
  members('fs/promises', 'FileHandle', handle);
  bases['fs/promises\tFileHandle'] = 'events\tEventEmitter';
  await handle.close();
  const timer = setTimeout(() => {}, 1);
  members('timers', 'Timeout', Object.getPrototypeOf(timer));
  clearTimeout(timer);
  process.stdout.write(JSON.stringify({ version: process.versions.node, functions, bases }));
})();
