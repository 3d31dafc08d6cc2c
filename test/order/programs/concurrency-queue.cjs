class Q {
  constructor(c) {
    this.c = c;
    this.r = 0;
    this.q = [];
  }
  add(f) {
    return new Promise((s, j) => {
      this.q.push({ f, s, j });
      this.n();
    });
  }
  n() {
    while (this.r < this.c && this.q.length) {
      const { f, s, j } = this.q.shift();
      this.r++;
      f()
        .then(s, j)
        .finally(() => {
          this.r--;
          this.n();
        });
    }
  }
}
const q = new Q(2);
const d = (n, ms) =>
  q.add(
    () =>
      new Promise(r => {
        console.log('start', n);
        setTimeout(() => {
          console.log('end', n);
          r(n);
        }, ms);
      }),
  );
Promise.all([d('a', 100), d('b', 30), d('c', 30)]).then(console.log);
