setTimeout(() => console.log('never'), 1000).unref();
setTimeout(() => console.log('only this'), 10);
