const { AsyncLocalStorage } = require('async_hooks');
const s = new AsyncLocalStorage();
s.run({ id: 1 }, () => {
  setTimeout(() => console.log('t', s.getStore()), 5);
  Promise.resolve().then(() => console.log('p', s.getStore()));
  process.nextTick(() => console.log('n', s.getStore()));
});
console.log(s.getStore());
s.run(2, async () => {
  await null;
  console.log(s.getStore());
  s.exit(() => console.log(s.getStore()));
});
