class MyP extends Promise {
  then(a, b) {
    console.log('then');
    return super.then(a, b);
  }
}
const p = MyP.resolve(1);
p.then(v => console.log(v));
(async () => {
  console.log('await', await p);
})();
Promise.resolve(p) === p;
console.log(MyP.resolve(p) === p);
