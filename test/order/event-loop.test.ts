import assert from 'node:assert/strict';
import { test } from 'node:test';
import { outcomes, type Program } from './event-loop-program.ts';

/** The loop's rules on host callbacks; the numbers are those of SEMANTICS. */
function check(name: string, main: (program: Program) => void, expected: readonly string[], options: Parameters<typeof outcomes>[1] = {}): void {
  test(name, () => assert.deepEqual(outcomes(main, options).sort(), [...expected].sort()));
}

const drainsEverything = (p: Program) => {
  p.microtask(() => { p.log('p1'); p.tick(() => p.log('t-from-p1')); p.microtask(() => p.log('p-from-p1')); });
  p.tick(() => { p.log('t1'); p.tick(() => p.log('t-from-t1')); p.microtask(() => p.log('p-from-t1')); });
  p.tick(() => p.log('t2'));
};
check('S-1 ticks before microtasks, alternating', drainsEverything, ['t1 t2 t-from-t1 p1 p-from-t1 p-from-p1 t-from-p1']);
check('S-11 a module body is a microtask', drainsEverything, ['p1 p-from-p1 t1 t2 t-from-p1 t-from-t1 p-from-t1'], { module: true });

const race = (p: Program) => {
  p.timeout(() => p.log('timeout'), 0);
  p.immediate(() => p.log('immediate'));
};
check('S-45 timeout 0 and immediate from main are a race', race, ['timeout immediate', 'immediate timeout']);
check('S-15 from poll the immediate is first', race, ['immediate timeout'], { inPoll: true, module: true });
check('S-45 a wait of 2 ms makes the timeout first', p => { race(p); p.busy(3); }, ['timeout immediate']);
check('S-46 far timers are behind the immediate', p => { p.timeout(() => p.log('t100'), 100); p.immediate(() => p.log('i')); }, ['i t100']);
check('S-47 race inside an immediate', p => p.immediate(() => race(p)), ['timeout immediate', 'immediate timeout']);
check('S-34 from a timer the immediate is first', p => p.timeout(() => race(p), 0), ['immediate timeout']);
check('S-35 equal durations keep their order', p => { for (const n of [1, 2, 3]) p.timeout(() => p.log(`${n}`), 5); }, ['1 2 3']);
check('S-32 durations order timers of one turn', p => { for (const n of [50, 40, 30, 20, 10]) p.timeout(() => p.log(`${n}`), n); }, ['10 20 30 40 50']);
check('S-36 1 ms apart may invert', p => { p.timeout(() => p.log('2'), 2); p.timeout(() => p.log('1'), 1); }, ['1 2', '2 1']);
check('S-36 ascending durations do not invert', p => { p.timeout(() => p.log('1'), 1); p.timeout(() => p.log('2'), 2); }, ['1 2']);
check('S-33 a list that is reached runs all its due timers', p => {
  p.timeout(() => p.log('x'), 10);
  p.timeout(() => p.log('z'), 15);
  p.busy(8);
  p.timeout(() => p.log('y'), 10);
  p.busy(60);
}, ['x y z']);
check('S-5 drains between timers of a list', p => {
  for (const n of [1, 2]) p.timeout(() => { p.log(`T${n}`); p.tick(() => p.log(`t${n}`)); p.microtask(() => p.log(`p${n}`)); }, 5);
}, ['T1 t1 p1 T2 t2 p2']);
check('S-37 an interval re-arms behind what its callback armed', p => {
  let n = 0;
  const interval = p.interval(() => {
    p.log(`I${++n}`);
    if (n === 1) p.timeout(() => p.log('T'), 20);
    if (n === 3) p.clear(interval);
  }, 20);
}, ['I1 T I2 I3']);
check('nested timers against an outer one under load', p => {
  p.timeout(() => p.timeout(() => p.log('nested 10+45'), 45), 10);
  p.timeout(() => p.log('outer 60'), 60);
}, ['nested 10+45 outer 60', 'outer 60 nested 10+45']);
check('nested timers against an earlier outer one are certain', p => {
  p.timeout(() => p.timeout(() => p.log('nested 10+45'), 45), 10);
  p.timeout(() => p.log('outer 50'), 50);
}, ['outer 50 nested 10+45']);
check('S-43 immediates of immediates wait for the next iteration', p => {
  p.immediate(() => { p.log('I1'); p.immediate(() => p.log('nested')); });
  p.immediate(() => p.log('I2'));
}, ['I1 I2 nested']);
check('S-52 a single request against an immediate is a race', p => {
  p.operation({ name: 'stat' }, () => p.log('stat'));
  p.immediate(() => p.log('immediate'));
}, ['stat immediate', 'immediate stat']);
check('S-50 three rounds are behind the first immediate', p => {
  p.operation({ name: 'readFile', rounds: 3 }, () => p.log('readFile'));
  p.immediate(() => p.log('immediate'));
  p.busy(50);
}, ['immediate readFile']);
check('S-52 a busy main lets timer, then fs, then immediate', p => {
  p.operation({ name: 'stat' }, () => p.log('stat'));
  p.timeout(() => p.log('timeout'), 0);
  p.immediate(() => p.log('immediate'));
  p.busy(50);
}, ['timeout stat immediate']);
check('S-48 the fifth pool job waits for one of four', p => {
  for (let n = 0; n < 4; n++) p.operation({ name: 'pbkdf2', within: Infinity }, () => p.log('k'));
  p.operation({ name: 'stat' }, () => p.log('stat'));
}, ['k stat k k k', 'k k stat k k', 'k k k stat k', 'k k k k stat']);
check('a fast operation is ahead of a far timer', p => {
  p.timeout(() => p.log('t100'), 100);
  p.operation({ name: 'stat' }, () => { p.log('stat'); p.timeout(() => p.log('inner'), 10); });
}, ['stat inner t100']);
check('S-57 close callbacks follow the check phase', p => p.operation({ within: 0 }, () => {
  p.close(() => p.log('close'));
  p.immediate(() => p.log('immediate'));
  p.tick(() => p.log('tick'));
}), ['tick immediate close']);
check('S-71 the next timer runs before the ticks of one that threw', p => {
  p.on('uncaughtException', () => p.log('uncaught'));
  p.timeout(() => { p.log('T1'); p.tick(() => p.log('tick1')); throw new Error('boom'); }, 5);
  p.timeout(() => { p.log('T2'); p.tick(() => p.log('tick2')); }, 5);
  p.timeout(() => p.log('T3'), 6);
  p.busy(20);
}, ['T1 uncaught T2 tick1 tick2 T3']);
check('S-69 rejections are reported when the queues are empty', p => {
  p.on('unhandledRejection', reason => { p.log(`unhandled ${reason}`); p.tick(() => p.log('tick')); });
  p.reject('a');
  p.reject('b');
  p.tick(() => p.log('first'));
}, ['first unhandled a unhandled b tick tick']);
for (const [node, expected] of [[18, 'imm exit'], [20, 'imm unref exit']] as const) {
  check(`S-38 a due unref'd timer at the end on Node ${node}`, p => {
    p.timeout(() => p.log('unref'), 100).ref = false;
    p.immediate(() => { p.busy(200); p.log('imm'); });
    p.on('exit', () => p.log('exit'));
  }, [expected], { node });
}
check('S-74 beforeExit revives the loop', p => {
  let revived = false;
  p.on('beforeExit', () => {
    p.log('beforeExit');
    if (!revived) p.immediate(() => p.log('immediate'));
    revived = true;
  });
  p.on('exit', () => { p.log('exit'); p.tick(() => p.log('never')); p.microtask(() => p.log('job')); });
}, ['beforeExit immediate beforeExit exit job']);
