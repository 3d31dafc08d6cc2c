process.on('SIGUSR2', () => {
  console.log('sig');
  clearInterval(k);
});
const k = setInterval(() => {}, 1000);
process.kill(process.pid, 'SIGUSR2');
console.log('sync');
