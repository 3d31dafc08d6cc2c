// Batches what is asked for in one turn, as data loaders do.
let queue = null;
function load(id) {
  return new Promise(resolve => {
    if (!queue) {
      queue = [];
      process.nextTick(() => {
        const batch = queue;
        queue = null;
        console.log('batch', batch.map(item => item.id).join());
        for (const item of batch) item.resolve(`row ${item.id}`);
      });
    }
    queue.push({ id, resolve });
  });
}
(async () => {
  const rows = await Promise.all([load(1), load(2), load(3)]);
  console.log(rows.join());
  console.log(await load(4));
})();
