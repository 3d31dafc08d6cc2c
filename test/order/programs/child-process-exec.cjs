const { execFile, execFileSync } = require('child_process');
console.log(String(execFileSync(process.execPath, ['-p', '1+1'])).trim());
execFile(process.execPath, ['-p', '"child"'], (error, stdout) => console.log('child said', stdout.trim()));
process.nextTick(() => console.log('tick'));
console.log('sync');
