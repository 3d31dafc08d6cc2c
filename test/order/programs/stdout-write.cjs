process.stdout.write('no newline');
process.stdout.write('\n');
process.stdout.write('cb\n', () => console.log('written'));
console.log('sync');
process.nextTick(() => console.log('tick'));
