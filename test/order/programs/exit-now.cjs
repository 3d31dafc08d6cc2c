setTimeout(() => console.log('never'), 0);
Promise.resolve().then(() => {
  console.log('promise');
  process.exit(3);
  console.log('never');
});
process.on('exit', code => console.log('exit', code));
