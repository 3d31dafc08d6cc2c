import { matchesNode } from './oracle.ts';

matchesNode("builtins return what Node returns", [
  "console.log([3,1,2].sort(), [3,1,10].sort(), [3,1,10].sort((a,b)=>b-a), [1,[2,[3,[4]]]].flat(Infinity));",
  "console.log('abc'.replace(/b/g, m=>m.toUpperCase()), 'a-b-c'.split('-'), 'x1y22'.match(/\\d+/g), 'abc'.at(-1), '\u00e9'.normalize('NFD').length);",
  "console.log(/(?<y>\\d{4})-(?<m>\\d\\d)/.exec('on 2020-05'), 'aBc'.replace(/(?<l>[a-z])/g,'<$<l>>'));",
  "console.log(Object.entries({a:1,b:2}), Object.fromEntries([['a',1]]), {...'ab'}, [...\"h\u00e9llo\"]);",
  "console.log(parseInt('12px'), Number(''), +'0x10', (255).toString(16), (1.005).toFixed(2), 0.1+0.2, 1e21, 1/3, NaN, -5%3, 2**10, 7>>>1, ~5);",
  "console.log(new Date(0).toISOString(), JSON.stringify(new Date(0)), new Date(2020,0,15).getMonth(), typeof Date.now());",
  "console.log(JSON.stringify({a:[1,{b:2}],c:undefined,d:()=>{},e:null,f:NaN}), JSON.stringify([undefined]), JSON.stringify({a:1,b:[1,2]},null,2));",
  "console.log([1,2,3].includes(2), Array.from({length:3},(_, i)=>i*2), Array.of(7), [1,2,3].findLast(x=>x<3), [3,2,1].toSorted(), Object.groupBy ? 'g':'n');",
  "console.log(new Uint8Array([1,2,300]), new Float64Array(2), new ArrayBuffer(4), Buffer.from('hi'));",
  "console.log(new Proxy({a:1},{get:(t,k)=>k in t?t[k]:'none'}).zz, Reflect.ownKeys({b:1,a:2,1:3}), new Proxy([1,2],{}));",
  "class A{}; const a=new A();console.log(((a,b=2,...c)=>{}).length, (function foo(){}).name, (()=>{}).name, A.name, a.constructor.name);",
  "console.log(isNaN('x'), [10,9,1].map(String), ['1','2','3'].map(parseInt), typeof null, typeof function(){}, void 0);",
]);

matchesNode('older names of the language return what Node returns', [
  "console.log('  x '.trimLeft() + '|', ' x '.trimRight() + '|', ''.trimLeft === ''.trimStart, ''.trimRight.name, Object.keys(String.prototype));",
  "console.log('a'.anchor('\"'), 'a'.big(), 'a'.blink(), 'a'.bold(), 'a'.fixed(), 'a'.fontcolor('red'), 'a'.fontsize(7), 'a'.italics(), 'a'.link('u'), 'a'.small(), 'a'.strike(), 'a'.sub(), 'a'.sup(), 'a'.link.length, 'a'.sup.name);\ntry { String.prototype.bold.call(null); } catch (e) { console.log(e.name, e.message); }",
  "console.log(new Date(NaN).getYear(), Date.prototype.toGMTString === Date.prototype.toUTCString, new Date(0).toGMTString(), Date.prototype.setYear.length, typeof new Date(0).getYear());",
  "console.log(new Date(Date.UTC(2001, 5, 15)).setYear(NaN));",
  "const o = { get x() { return 1; }, set x(v) {}, get y() { return 2; }, z: 3 }; const i = Object.create(o);\nconsole.log(i.__lookupGetter__('x').name, i.__lookupSetter__('x').name, i.__lookupSetter__('y'), i.__lookupGetter__('z'), i.__lookupGetter__('none'), ({}).__lookupGetter__('__proto__').name);\nObject.defineProperty(i, 'x', { value: 1 }); console.log(i.__lookupGetter__('x'), o.__lookupGetter__.length);\ntry { Object.prototype.__lookupGetter__.call(undefined, 'x'); } catch (e) { console.log(e.name); }",
  "console.log(new Proxy({}, { getOwnPropertyDescriptor: (t, k) => (console.log('own', k), undefined), getPrototypeOf: () => (console.log('proto'), null) }).__lookupGetter__ === undefined); console.log(Object.prototype.__lookupGetter__.call(new Proxy({}, { getOwnPropertyDescriptor: (t, k) => (console.log('own', k), undefined), getPrototypeOf: () => (console.log('proto'), null) }), 'k'));",
]);

matchesNode('numbers of one to six bytes in buffers are those of Node', [
  "const b = Buffer.from([0x81, 2, 3, 0xff, 5, 6, 7]);\nfor (const m of ['readUIntBE', 'readUIntLE', 'readIntBE', 'readIntLE', 'readUintBE', 'readUintLE']) console.log(m, [1, 2, 3, 4, 5, 6].map(n => b[m](0, n)), b[m](1, 6));",
  "const b = Buffer.alloc(6);\nfor (const m of ['writeUIntBE', 'writeUIntLE', 'writeIntBE', 'writeIntLE']) for (let n = 1; n <= 6; n++) console.log(m, n, b[m](0x7a, 0, n), b.fill(1) && b[m](100.7, 6 - n, n), b);\nconsole.log(b.writeIntBE(-2, 0, 6), b, b.writeIntLE(-70000, 1, 3), b, b.writeIntBE('5', 0, 2), b.writeIntLE(NaN, 0, 2), b);",
  "const b = Buffer.alloc(4);\nfor (const f of [() => b.readUIntBE(0, 7), () => b.readUIntBE(0, 0), () => b.readUIntBE(0), () => b.readUIntBE(), () => b.readUIntBE(2, 3), () => b.readIntLE(-1, 2), () => b.readIntLE(0.5, 2), () => b.readIntLE('0', 2), () => b.readUIntBE(0, 6), () => b.writeUIntBE(256, 0, 1), () => b.writeUIntBE(-1, 0, 2), () => b.writeIntLE(128, 0, 1), () => b.writeIntLE(2 ** 31, 0, 4), () => b.writeUIntLE(2 ** 24, 0, 3), () => b.writeUIntLE(1, 3, 2)]) try { console.log(f()); } catch (e) { console.log(e.name, e.code, e.message); }",
]);

matchesNode('constructors that are functions in Node work without new', [
  "const http = require('http'), https = require('https'), net = require('net'), E = require('events');\nconst s = http.Server(() => {}); console.log(s instanceof http.Server, s instanceof net.Server, s instanceof E, s.listenerCount('request'), s.keepAliveTimeout);\nconsole.log(http.Server({ keepAliveTimeout: 7 }).keepAliveTimeout, net.Server() instanceof net.Server);\nconsole.log(http.Agent({ maxSockets: 3 }).maxSockets, new https.Agent() instanceof http.Agent, new https.Agent().defaultPort);\nconst t = new https.Server({}, () => {}); console.log(t instanceof https.Server, t instanceof http.Server, t instanceof net.Server, t.constructor === https.Server, t.listenerCount('request'), https.Server({}) instanceof https.Server, https.Agent({ maxSockets: 2 }) instanceof https.Agent, https.Agent({ maxSockets: 2 }).maxSockets, https.createServer({}) instanceof https.Server);",
  "const http = require('http'), net = require('net');\nfunction Mine() { http.Server.call(this, () => {}); this.mine = true; } Object.setPrototypeOf(Mine.prototype, http.Server.prototype);\nconst m = new Mine(); console.log(m.mine, m.listenerCount('request'), m instanceof net.Server, m.keepAliveTimeout);\nclass Sub extends http.Agent { constructor() { super({ maxSockets: 2 }); } } console.log(new Sub().maxSockets, new Sub().constructor.name);\nconsole.log(http.Server, http.Agent, http.Server.name, Object.keys(http.Server.prototype).includes('close'));",
  "const http = require('http'); function Body() { http.IncomingMessage.call(this, null); this.extra = 1; } require('util').inherits(Body, http.IncomingMessage); const b = new Body(); console.log(b.extra, b.headers, typeof b.on, b instanceof require('stream').Readable);",
  "const cp = require('child_process'), cluster = require('cluster'); const c = new cp.ChildProcess(); console.log(c.exitCode, c.killed, c instanceof require('events')); console.log(cluster.Worker({ id: 3 }).id, new cluster.Worker().id, cluster.Worker() instanceof cluster.Worker);",
]);

matchesNode('numbers that are not equal to themselves are printed as Node does', [
  "console.log(NaN); console.log(NaN, NaN, 'x'); console.log('', NaN); console.log(-0, NaN); console.log(require('util').format(NaN), require('util').format(NaN, 1), require('util').format('', 'b'), '%s', NaN); console.log(); console.log(undefined, null); console.log('%d%%', NaN, NaN); console.log([NaN].indexOf(NaN), [NaN].includes(NaN), new Set([NaN, NaN]).size, Object.is(NaN, NaN), new Map([[NaN, 1]]).get(NaN));",
  "switch (NaN) { case NaN: console.log('equal'); break; default: console.log('not'); }\nconst p = new Proxy(Object.freeze({ a: NaN }), { get: () => NaN }); console.log(p.a);\nconst o = Object.defineProperty({}, 'n', { value: NaN }); Object.defineProperty(o, 'n', { value: NaN }); console.log(o.n, require('util').isDeepStrictEqual([NaN], [NaN]), JSON.stringify([NaN]));\nrequire('assert').deepEqual(NaN, NaN); require('assert').strictEqual(NaN, NaN); console.log(Math.max(NaN, 1), [3, NaN, 1].sort(), Atomics === undefined);",
]);
