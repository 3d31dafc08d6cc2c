// The await in forEach does not hold up the loop.
const wait = ms => new Promise(resolve => setTimeout(resolve, ms));
(async () => {
  [1, 2, 3].forEach(async n => {
    await wait(10);
    console.log('item', n);
  });
  console.log('loop is over');
})();
