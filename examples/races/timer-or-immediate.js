// Which of the two comes first depends on how long the start of the process took.
setTimeout(() => console.log('timer'), 0);
setImmediate(() => console.log('immediate'));
