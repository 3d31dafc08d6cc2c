class Account {
  static #count = 0;
  #balance = 0;
  static { console.log('static block'); }
  constructor() { Account.#count++; }
  get balance() { return this.#balance; }
  async deposit(amount) {
    const before = this.#balance;
    await null;
    this.#balance = before + amount;
  }
  static get count() { return Account.#count; }
}
const account = new Account();
// A lost update: both read the balance before either writes it.
Promise.all([account.deposit(1), account.deposit(2)]).then(() => console.log('balance', account.balance, 'accounts', Account.count));
