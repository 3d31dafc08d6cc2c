process.exitCode = 2;
setTimeout(() => console.log('everything runs'), 10);
process.on('exit', code => console.log('exit', code));
