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
