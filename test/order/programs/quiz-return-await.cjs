const log = name => () => console.log(name);
async function direct() { return Promise.resolve(); }
async function awaited() { return await Promise.resolve(); }
async function value() { return 1; }
direct().then(log('return promise'));
awaited().then(log('return await promise'));
value().then(log('return value'));
Promise.resolve().then(log('1')).then(log('2')).then(log('3')).then(log('4'));
