let revived = false;
process.on('beforeExit', () => {
  console.log('beforeExit');
  if (!revived) setTimeout(() => console.log('revived'), 1);
  revived = true;
});
process.on('exit', () => {
  console.log('exit');
  setTimeout(() => console.log('never'), 0);
  Promise.resolve().then(() => console.log('a promise job still runs'));
});
