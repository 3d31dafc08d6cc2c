class Mutex {
  #tail = Promise.resolve();
  async run(task) {
    const previous = this.#tail;
    let release;
    this.#tail = new Promise(resolve => (release = resolve));
    await previous;
    try {
      return await task();
    } finally {
      release();
    }
  }
}
const mutex = new Mutex();
await Promise.all(['a', 'b', 'c'].map(name => mutex.run(async () => {
  console.log(name, 'in');
  await null;
  console.log(name, 'out');
})));
