new Promise((res, rej) => {
  console.log('ex');
  rej(new Error('a'));
  res(1);
  throw new Error('b');
})
  .catch(e => {
    console.log(e.message);
    return 'r';
  })
  .then(v => console.log(v))
  .then(() => {
    throw new TypeError('t');
  })
  .then(
    () => console.log('no'),
    e => console.log(e.name),
  )
  .finally(() => console.log('f'));
