process.on('exit', () => console.log('exit'));
process.on('beforeExit', () => {
  if (!globalThis.d) {
    globalThis.d = 1;
    console.log('before');
    setTimeout(() => console.log('revived'), 1);
  }
});
process.emitWarning('w');
process.on('warning', w => console.log('warning', w.message));
console.log('main');
