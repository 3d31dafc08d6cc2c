const wait = (ms, value) => new Promise(resolve => setTimeout(resolve, ms, value));
(async () => {
  for (const value of ['a', 'b', 'c']) console.log(await wait(10, value));
  console.log('sequential done');
  console.log((await Promise.all([wait(80, 'x'), wait(10, 'y'), wait(150, 'z')])).join());
})();
