class P {
  static #c = 0;
  #n;
  constructor(n) {
    this.#n = n;
    P.#c++;
  }
  get n() {
    return this.#n;
  }
  set n(v) {
    this.#n = v * 2;
  }
  static get c() {
    return P.#c;
  }
  static {
    console.log('static block');
  }
  m = () => this.#n;
  toString() {
    return `P(${this.#n})`;
  }
  [Symbol.iterator] = function* () {
    yield 1;
    yield 2;
  };
}
class C extends P {
  constructor() {
    super(5);
    console.log(new.target.name);
  }
  get n() {
    return super.n + 1;
  }
}
const c = new C();
console.log(c.n, P.c, `${c}`, [...c], c.m(), c instanceof P, Object.keys(c));
c.n = 4;
console.log(c.m());
