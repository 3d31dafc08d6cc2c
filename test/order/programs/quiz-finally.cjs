Promise.resolve('value').finally(() => { console.log('finally'); return 'ignored'; }).then(console.log);
Promise.reject(new Error('boom')).finally(() => console.log('finally too')).catch(error => console.log(error.message));
Promise.resolve().then(() => console.log('1')).then(() => console.log('2')).then(() => console.log('3')).then(() => console.log('4'));
