Promise.resolve(1)
  .finally(() => {
    console.log('f');
    return 2;
  })
  .then(v => console.log(v));
Promise.reject(3)
  .finally(() => {
    throw 4;
  })
  .catch(e => console.log('c', e));
(async () => {
  try {
    console.log('try');
    return await Promise.resolve('r');
  } finally {
    console.log('fin');
  }
})().then(console.log);
function t() {
  try {
    return 'a';
  } finally {
    console.log('x');
  }
}
console.log(t());
