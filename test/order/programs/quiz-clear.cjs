const late = setTimeout(() => console.log('never'), 30);
setTimeout(() => {
  console.log('clears');
  clearTimeout(late);
}, 5);
const immediate = setImmediate(() => console.log('never either'));
process.nextTick(() => clearImmediate(immediate));
