const o = {
  async *[Symbol.asyncIterator]() {
    for (let i = 0; i < 3; i++) {
      await null;
      yield i;
    }
  },
};
(async () => {
  for await (const x of o) console.log('x', x);
  console.log((await Array.fromAsync?.(o)) ?? 'none');
})();
(async () => {
  for await (const x of o) console.log('y', x);
})();
