let n = 0;
const interval = setInterval(() => {
  console.log('interval', ++n);
  if (n === 3) clearInterval(interval);
  setImmediate(() => console.log('immediate', n));
}, 20);
