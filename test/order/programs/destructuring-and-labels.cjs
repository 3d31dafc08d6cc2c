const { a = 1, b: { c, ...r } = {}, ...rest } = { b: { c: 2, d: 3, e: 4 }, f: 5 };
console.log(a, c, r, rest);
const [x, , y = 3, ...z] = [1, 2, undefined, 4, 5];
console.log(x, y, z);
function f({ p, q = p * 2 } = { p: 1 }, ...o) {
  return [p, q, o];
}
console.log(f(), f({ p: 2 }, 3, 4));
let [m, n] = [1, 2];
[m, n] = [n, m];
console.log(m, n);
const o = { a: null };
console.log(o?.b?.c, o.a ?? 'd', o.b?.());
o.z ||= 5;
o.a ??= 6;
o.z &&= 7;
console.log(o);
label: for (let i = 0; i < 3; i++) {
  for (let j = 0; j < 3; j++) {
    if (j === 1) continue label;
    if (i === 2) break label;
    console.log(i, j);
  }
}
switch (3) {
  case 1:
    console.log('one');
  case 3:
    console.log('three');
  case 4:
    console.log('four');
    break;
  default:
    console.log('d');
}
