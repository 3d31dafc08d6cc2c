(async () => {
  for await (const x of [Promise.resolve(1), 2, Promise.resolve(3)]) console.log(x);
})();
(async () => {
  for (let i = 0; i < 6; i++) {
    console.log('i' + i);
    await i;
  }
})();
