console.log('A');
setTimeout(() => {
  console.log('B');
  Promise.resolve()
    .then(() => {
      console.log('C');
      process.nextTick(() => console.log('D'));
    })
    .then(() => console.log('E'));
});
setTimeout(() => console.log('F'));
process.nextTick(() => setTimeout(() => console.log('G')));
Promise.resolve().then(() => setTimeout(() => console.log('H')));
