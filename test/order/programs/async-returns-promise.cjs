async function f() {
  return new Promise(r => {
    console.log('ex');
    r('v');
  });
}
f().then(console.log);
Promise.resolve()
  .then(() => console.log(1))
  .then(() => console.log(2))
  .then(() => console.log(3))
  .then(() => console.log(4));
new Promise(r => r(Promise.resolve('x'))).then(console.log);
