let n = 0;
function f() {
  if (n++ < 3) {
    console.log('n', n);
    process.nextTick(f);
  }
}
setImmediate(() => console.log('imm'));
f();
let m = 0;
(function g() {
  if (m++ < 3)
    Promise.resolve().then(() => {
      console.log('m', m);
      g();
    });
})();
