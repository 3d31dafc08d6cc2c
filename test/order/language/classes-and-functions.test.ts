import { matchesNode } from './oracle.ts';

matchesNode("classes, destructuring, generators, loops and closures behave as in Node", [
  "class A { #x=1; static s=2; get x(){return this.#x} set x(v){this.#x=v} static #p(){return 'priv'} static q(){return A.#p()} has(o){return #x in o} static { this.t = this.s+1 } }\nconst a=new A(); a.x=5; console.log(a.x, A.s, A.t, A.q(), a.has(a), a.has({}));\nclass B extends A { constructor(...r){ super(...r); this.y=2 } toString(){return `B(${super.toString()})`} }\nconsole.log(String(new B()), new B(), [new B()]);",
  "const {p, q:{r=3, ...rest}={}, ...others} = {p:1, q:{z:9}, u:2, v:3}; console.log(p,r,rest,others);",
  "const [x,,y=7,...zs]=[1,2,undefined,4,5]; console.log(x,y,zs);",
  "function* g(){ try { const a = yield 1; console.log('got',a); yield* [2,3]; return 4 } finally { console.log('fin') } }\nconsole.log([...g()]);",
  "outer: for (let i=0;i<3;i++){ for(let j=0;j<3;j++){ if(j==1) continue outer; if(i==2) break outer; console.log(i,j)} }",
  "const a={x:1};console.log(a?.b?.c, a?.['x'], (void 0)?.foo(), null ?? 'd', 0 || 'e', '' && 'f');",
  "let o={n:null}; o.n ??= 4; o.m ||= 5; o.n &&= 6; console.log(o);",
  "console.log(((s,...v)=>s.raw.join('|')+v.join())`a${1}b\\n${2}c`);",
  "switch(3){case 1: console.log('1'); case 3: console.log('3'); case 4: console.log('4'); break; default: console.log('d')}",
  "var fns=[]; for(var i=0;i<2;i++) fns.push(()=>i); for(let j=0;j<2;j++) fns.push(()=>j); console.log(fns.map(f=>f()));",
  "label: { console.log('in'); break label; }",
]);
