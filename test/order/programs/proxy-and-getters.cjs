const seen = [];
const proxy = new Proxy({ a: 1 }, { get(target, key) { seen.push(String(key)); return Reflect.get(target, key); } });
(async () => {
  await proxy;
  console.log('await reads', seen.join());
  const { a, b = 'default' } = proxy;
  console.log(a, b, seen.join());
})();
console.log('sync', seen.join());
