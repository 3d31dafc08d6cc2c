const t = {
  then(r) {
    console.log('then called');
    r('v');
  },
};
(async () => {
  console.log(await t);
})();
Promise.resolve(t).then(v => console.log('res', v));
Promise.resolve()
  .then(() => console.log(1))
  .then(() => console.log(2))
  .then(() => console.log(3));
