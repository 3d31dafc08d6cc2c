const p = new Proxy(
  { a: 1 },
  {
    get(t, k, r) {
      console.log('get', String(k));
      return Reflect.get(t, k, r);
    },
    has(t, k) {
      console.log('has', k);
      return k in t;
    },
    set(t, k, v) {
      console.log('set', k, v);
      t[k] = v;
      return true;
    },
    deleteProperty(t, k) {
      console.log('del', k);
      return delete t[k];
    },
    ownKeys(t) {
      console.log('keys');
      return Reflect.ownKeys(t);
    },
  },
);
p.a;
p.b = 2;
'a' in p;
delete p.b;
Object.keys(p);
(async () => {
  await p;
  console.log('awaited');
})();
