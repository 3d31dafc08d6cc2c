const sleep = ms => new Promise(r => setTimeout(r, ms));
async function seq() {
  for (const n of [1, 2, 3]) {
    await sleep(5);
    console.log('seq', n);
  }
}
async function par() {
  await Promise.all(
    [1, 2, 3].map(async n => {
      await sleep(5);
      console.log('par', n);
    }),
  );
}
seq()
  .then(par)
  .then(() => console.log('done'));
