process.on('unhandledRejection', error => console.log('unhandled', error.message));
process.on('rejectionHandled', () => console.log('handled later'));
const rejected = Promise.reject(new Error('late'));
setImmediate(() => rejected.catch(error => console.log('caught', error.message)));
