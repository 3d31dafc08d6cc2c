import { matchesNode } from './oracle.ts';

matchesNode("console formats values by the rules of util.inspect", [
  "console.log(new Map([['a',{b:1}],['c',[1,2]]]), new Set([1,'a',{}]), new WeakMap(), Symbol('d'), 10n, -0, [,1,,2], [undefined,null]);",
  "class A{};console.log({f(){}, g:()=>{}, h:class{}, i:class X extends A{}, j:function(){}, k:async()=>{}, l:function*(){}, m:Symbol.iterator, [Symbol('s')]:1, 'a-b':2, 3:4});",
  "console.log([1.5,'a',true,null,undefined], [[]], [{}], {a:{b:{c:{d:1}}}}, [[[[1]]]]);",
  "console.log(new Array(120).fill(0).map((_, i) => i));",
  "console.log(['apple','banana','cherry','dragonfruit','elderberry','fig','grape','honeydew']);",
  "console.log({get a(){return 1}, set a(v){}, get b(){return 2}, set c(v){}});",
  "console.log(Object.create(null), Object.create({x:1}), new (class Foo{constructor(){this.a=1}}), new (class extends Map{})([[1,2]]), new (class extends Array{})(1,2,3));",
  "const circ={name:'c'}; circ.self=circ; circ.arr=[circ]; console.log(circ);",
  "console.log('%s is %d years and %i, %f, %j %o %O %%', 'Bob', 42.5, 42.9, '1.5', {a:1}, [1], {b:2}, 'extra');",
  "console.table([{a:1,b:'x'},{a:2,c:true}]); console.table([1,2]); console.group('G'); console.log('in\\nner'); console.groupEnd(); console.dir({a:{b:{c:{}}}},{depth:0}); console.count(); console.count('x'); console.assert(1==1);",
  "console.log(async function named(){}, class{}, Symbol, Math, JSON, globalThis === global, new Boolean(false), new String('abc'), Object(1n), [function(){}], new (function Foo(){ this.z = 1 })());",
  "console.log(\"it's\", [\"it's\", 'a\"b', `a'b\"c`, 'new\\nline', '\\x01', '\\u{1F600}'], { 'k\\n': 1 }, 'plain \\u{1F600}');",
  "console.log({a:'x'.repeat(100)}, ['y'.repeat(80)], {a:1,b:{c:[1,2,{d:3}]}, e:'lorem ipsum dolor sit amet', f:'consectetur adipiscing elit', g:[1,2,3,4,5,6,7,8,9,10]});",
]);
