Promise.resolve(1).then(2).then(Promise.resolve(3)).then(console.log);
Promise.reject(new Error('x')).then(() => console.log('no')).catch(error => console.log('caught', error.message)).then(() => console.log('goes on'));
