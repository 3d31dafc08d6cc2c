// Calls of Node's functions with a bag of options, to see which names they read: [path of the function, what is in the bag, call].
'use strict';

/** @returns {[string, object, (options: object) => unknown][]} */
exports.optionRecipes = (file, directory) => {
  const fs = require('node:fs');
  const stream = require('node:stream');
  const http = require('node:http');
  const net = require('node:net');
  const zlib = require('node:zlib');
  const util = require('node:util');
  const crypto = require('node:crypto');
  const readline = require('node:readline');
  const nothing = () => {};
  const quiet = emitter => {
    emitter?.on?.('error', nothing);
    return emitter;
  };
  const stop = emitter => quiet(emitter)?.destroy?.();
  const recipes = [
    ['node:events', {}, o => new (require('node:events'))(o)],
    ['node:events.once', {}, o => require('node:events').once(new EventTarget(), 'a', o)],
    ['node:events.on', {}, o => require('node:events').on(new (require('node:events'))(), 'a', o)],
    ['AbortSignal.any', {}, o => AbortSignal.any(o)],
    ['EventTarget.prototype.addEventListener', {}, o => new EventTarget().addEventListener('a', nothing, o)],
    ['Event', {}, o => new Event('a', o)],
    ['CustomEvent', {}, o => new CustomEvent('a', o)],
    ['structuredClone', {}, o => structuredClone(1, o)],
    ['node:stream.Readable', {}, o => new stream.Readable(o)],
    ['node:stream.Writable', {}, o => new stream.Writable(o)],
    ['node:stream.Duplex', {}, o => new stream.Duplex(o)],
    ['node:stream.Transform', {}, o => new stream.Transform(o)],
    ['node:stream.PassThrough', {}, o => new stream.PassThrough(o)],
    ['node:stream.Readable.from', {}, o => stream.Readable.from([], o)],
    ['node:stream.finished', {}, o => stream.finished(new stream.PassThrough(), o, nothing)],
    ['node:stream.Readable.prototype.pipe', {}, o => new stream.PassThrough().pipe(new stream.PassThrough(), o)],
    ['node:stream.Readable.prototype.iterator', {}, o => stream.Readable.from([]).iterator(o)],
    ['node:stream.Readable.prototype.map', {}, o => stream.Readable.from([]).map(nothing, o)],
    ['node:fs.readFile', {}, o => fs.readFile(file, o, nothing)],
    ['node:fs.readFileSync', {}, o => fs.readFileSync(file, o)],
    ['node:fs.writeFile', {}, o => fs.writeFile(file, 'a', o, nothing)],
    ['node:fs.writeFileSync', {}, o => fs.writeFileSync(file, 'a', o)],
    ['node:fs.appendFile', {}, o => fs.appendFile(file, 'a', o, nothing)],
    ['node:fs.appendFileSync', {}, o => fs.appendFileSync(file, 'a', o)],
    ['node:fs.readdir', {}, o => fs.readdir(directory, o, nothing)],
    ['node:fs.readdirSync', {}, o => fs.readdirSync(directory, o)],
    ['node:fs.stat', {}, o => fs.stat(file, o, nothing)],
    ['node:fs.statSync', {}, o => fs.statSync(file, o)],
    ['node:fs.mkdir', {}, o => fs.mkdir(`${directory}/x`, o, nothing)],
    ['node:fs.mkdirSync', {}, o => fs.mkdirSync(`${directory}/y`, o)],
    ['node:fs.rm', {}, o => fs.rm(`${directory}/z`, o, nothing)],
    ['node:fs.rmSync', {}, o => fs.rmSync(`${directory}/z`, o)],
    ['node:fs.createReadStream', {}, o => stop(fs.createReadStream(file, o))],
    ['node:fs.createWriteStream', {}, o => stop(fs.createWriteStream(`${directory}/w`, o))],
    ['node:fs.promises.readFile', {}, o => fs.promises.readFile(file, o).catch(nothing)],
    ['node:fs.promises.writeFile', {}, o => fs.promises.writeFile(file, 'a', o).catch(nothing)],
    ['node:fs.promises.appendFile', {}, o => fs.promises.appendFile(file, 'a', o).catch(nothing)],
    ['node:fs.promises.readdir', {}, o => fs.promises.readdir(directory, o).catch(nothing)],
    ['node:fs.promises.stat', {}, o => fs.promises.stat(file, o).catch(nothing)],
    ['node:fs.promises.mkdir', {}, o => fs.promises.mkdir(`${directory}/p`, o).catch(nothing)],
    ['node:fs.promises.rm', {}, o => fs.promises.rm(`${directory}/q`, o).catch(nothing)],
    ['node:net.createServer', {}, o => net.createServer(o)],
    ['node:net.Server', {}, o => new net.Server(o)],
    ['node:net.Socket', {}, o => new net.Socket(o)],
    ['node:net.connect', { port: 1, host: '127.0.0.1' }, o => stop(net.connect(o))],
    ['node:net.createConnection', { port: 1, host: '127.0.0.1' }, o => stop(net.createConnection(o))],
    ['node:net.Server.prototype.listen', { port: 0 }, o => { const server = quiet(net.createServer()); server.listen(o); server.close(); }],
    ['node:http.createServer', {}, o => http.createServer(o)],
    ['node:http.Server', {}, o => new http.Server(o)],
    ['node:http.Agent', {}, o => new http.Agent(o)],
    ['node:http.request', { port: 1, host: '127.0.0.1' }, o => stop(http.request(o))],
    ['node:http.get', { port: 1, host: '127.0.0.1' }, o => stop(http.get(o))],
    ['node:readline.createInterface', { input: new stream.PassThrough() }, o => readline.createInterface(o)],
    ['node:child_process.spawn', {}, o => quiet(require('node:child_process').spawn('true', [], o))],
    ['node:child_process.exec', {}, o => quiet(require('node:child_process').exec('true', o, nothing))],
    ['node:child_process.execFile', {}, o => quiet(require('node:child_process').execFile('true', [], o, nothing))],
    ['node:child_process.spawnSync', {}, o => require('node:child_process').spawnSync('true', [], o)],
    ['node:child_process.execSync', {}, o => require('node:child_process').execSync('true', o)],
    ['node:child_process.execFileSync', {}, o => require('node:child_process').execFileSync('true', [], o)],
    ['node:child_process.fork', { execPath: '/bin/true' }, o => quiet(require('node:child_process').fork(file, [], o))],
    ['node:worker_threads.Worker', { eval: true }, o => quiet(new (require('node:worker_threads').Worker)('', o))],
    ['node:util.inspect', {}, o => util.inspect({ a: [new Map([[1, 'a']])] }, o)],
    ['node:util.promisify', {}, o => util.promisify(o)],
    ['node:util.parseArgs', {}, o => util.parseArgs(o)],
    ['node:timers/promises.setTimeout', {}, o => require('node:timers/promises').setTimeout(1, 1, o)],
    ['node:timers/promises.setImmediate', {}, o => require('node:timers/promises').setImmediate(1, o)],
    ['node:timers/promises.setInterval', {}, o => require('node:timers/promises').setInterval(1, 1, o)],
    ['node:crypto.createHash', {}, o => crypto.createHash('sha256', o)],
    ['node:crypto.createHmac', {}, o => crypto.createHmac('sha256', 'a', o)],
    ['node:crypto.scrypt', {}, o => crypto.scrypt('a', 'b', 16, o, nothing)],
    ['node:crypto.scryptSync', {}, o => crypto.scryptSync('a', 'b', 16, o)],
    ['node:crypto.randomUUID', {}, o => crypto.randomUUID(o)],
    ['node:crypto.randomInt', {}, o => crypto.randomInt(o)],
    ['node:crypto.generateKeyPair', {}, o => crypto.generateKeyPair('ed25519', o, nothing)],
    ['node:async_hooks.AsyncLocalStorage', {}, o => new (require('node:async_hooks').AsyncLocalStorage)(o)],
    ['node:async_hooks.AsyncResource', {}, o => new (require('node:async_hooks').AsyncResource)('a', o)],
    ['node:dns.lookup', {}, o => require('node:dns').lookup('127.0.0.1', o, nothing)],
    ['node:perf_hooks.performance.mark', {}, o => performance.mark('a', o)],
    ['node:perf_hooks.monitorEventLoopDelay', {}, o => require('node:perf_hooks').monitorEventLoopDelay(o)],
    ['Request', {}, o => new Request('http://a', o)],
    ['Response', {}, o => new Response('a', o)],
    ['Blob', {}, o => new Blob([], o)],
    ['fetch', {}, o => fetch('http://127.0.0.1:1', o).catch(nothing)],
  ];
  for (const name of ['gzip', 'gunzip', 'deflate', 'inflate', 'deflateRaw', 'inflateRaw', 'unzip', 'brotliCompress', 'brotliDecompress']) {
    recipes.push([`node:zlib.${name}`, {}, o => zlib[name](Buffer.from('a'), o, nothing)], [`node:zlib.${name}Sync`, {}, o => zlib[`${name}Sync`](Buffer.from('a'), o)]);
    recipes.push([`node:zlib.create${name[0].toUpperCase()}${name.slice(1)}`, {}, o => zlib[`create${name[0].toUpperCase()}${name.slice(1)}`](o)]);
  }
  return recipes;
};
