let count = 0;
function tick() {
  console.log('tick', ++count);
  if (count < 3) process.nextTick(tick);
}
setImmediate(() => console.log('immediate'));
Promise.resolve().then(() => console.log('promise'));
process.nextTick(tick);
