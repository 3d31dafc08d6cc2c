const { AsyncLocalStorage } = require('node:async_hooks');
const storage = new AsyncLocalStorage();
function log(where) {
  console.log(where, storage.getStore());
}
for (const id of [1, 2]) {
  storage.run(id, () => {
    log('sync');
    setImmediate(() => log('immediate'));
    Promise.resolve().then(() => log('promise'));
  });
}
log('outside');
