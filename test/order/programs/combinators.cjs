const wait = (ms, value) => new Promise(resolve => setTimeout(() => resolve(value), ms));
const fail = (ms, message) => new Promise((_, reject) => setTimeout(() => reject(new Error(message)), ms));
Promise.race([wait(60, 'slow'), wait(5, 'fast')]).then(value => console.log('race', value));
Promise.any([fail(5, 'x'), wait(60, 'ok')]).then(value => console.log('any', value));
Promise.allSettled([wait(5, 1), fail(5, 'no')]).then(results => console.log('allSettled', results.map(({ status }) => status).join()));
Promise.all([wait(5, 1), fail(5, 'no')]).catch(error => console.log('all', error.message));
Promise.any([]).catch(error => console.log(error.constructor.name));
