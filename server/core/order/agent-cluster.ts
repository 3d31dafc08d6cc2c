import { BudgetEnd, setSurroundingAgent, type Agent, type Outlet } from './agent.ts';
import { ProcessExit } from './event-loop/engine.ts';
import type { Company, EventLoop, LoopCourse } from './event-loop/loop.ts';
import type { Operation } from './event-loop/poll.ts';
import { SharedTime, slack, VirtualClock, type Moment } from './event-loop/virtual-clock.ts';
import type { OpenDecision, RunRecord } from './run-record.ts';
import type { MachineOptions, ProgramSource } from './run.ts';
import type { OutputLine } from './timeline.ts';

/** How another thread or process of the program is started. */
export interface StartOptions {
  readonly kind: 'thread' | 'process';
  readonly program: ProgramSource;
  readonly options: MachineOptions;
  /** What follows the file in `process.argv`. */
  readonly argv: readonly string[];
  readonly execArgv: readonly string[];
  /** JSON of the variables whose values are known; null: those of the starter. */
  readonly env: string | null;
  /** `workerData`, serialised. */
  readonly data: string | null;
  readonly threadId: number;
  /** The child's stdout and stderr are the starter's own, or pipes (for a process). */
  readonly inherits: boolean;
  /** A process that has a channel for messages. */
  readonly channel: boolean;
}

/** Something that happens to a thread or process because of another one; the libraries know the types. Returns whether somebody cared. */
export type ReceiveEvent = (type: string, text: string, detail?: string) => boolean;

/** A thread or a process of the program. */
export interface Member {
  readonly kind: 'thread' | 'process';
  /** '' for the main thread of the program's process. */
  readonly name: string;
  readonly starter: Member | null;
  readonly started: StartOptions | null;
  readonly agent: Agent;
  readonly loop: EventLoop;
  /** What the starter gets to know of it; set by the library that started it. */
  tell: ReceiveEvent;
  /** What it gets to know itself; set by its own libraries. */
  receive: ReceiveEvent;
  /** Runs the main script or module. */
  readonly begin: () => LoopCourse;
  course: LoopCourse | null;
  /** The instant of its start, held until it runs. */
  readonly since: number | null;
  ended: boolean;
  /** It was stopped before it ran: by which signal. */
  stopped: string | null;
  /** How many lines of each process were written for certain before what it does now. */
  readonly knows: Map<Member, number>;
  /** Lines of a thread that wait until the main thread has taken what was sent before. */
  readonly buffered: Record<OutputLine['stream'], OutputLine[]>;
  readonly writing: Record<OutputLine['stream'], boolean>;
}

const streams = ['stdout', 'stderr'] as const;

/** What is sent: how a reason calls it, and on which channel of the two; what is sent on one channel arrives in order. */
export interface Sent {
  readonly name: string;
  readonly channel: string;
  /** Channels on which everything arrives before it. */
  readonly behind?: readonly string[];
  readonly payload?: string;
  /** The reader may get it in one read with what is in front of it. */
  readonly together?: boolean;
  /** Whether nobody would notice it if it arrived now. */
  readonly silent?: () => boolean;
}

interface SentOperation extends Operation {
  readonly channel: string;
  readonly since: number;
  readonly payload: string;
  readonly together: boolean;
  readonly known: ReadonlyMap<Member, number>;
  readonly deliver: (payload: string) => void;
}

const channelKey = (from: Member, to: Member, channel: string): string => `${from.name}>${to.name}:${channel}`;

/** What a thread or process did between two pauses, as far as others may notice. */
interface Turn {
  readonly by: Member;
  readonly sent: { readonly to: Member; readonly channel: string }[];
  /** The channels of what it took, one by one. */
  readonly handled: string[];
  /** Callbacks that ran for other reasons, and looks at what else has arrived. */
  own: number;
}

/** Somebody went on first although others might have: whether that matters shows when those have gone on. */
interface OpenQuestion {
  readonly decision: OpenDecision;
  readonly others: Set<Member>;
  readonly since: Turn[];
}

/** What an agent is made of: the rest is the machine's. */
export interface MadeAgent {
  readonly agent: Agent;
  readonly loop: EventLoop;
  readonly begin: () => LoopCourse;
}

/** Gives a member, of which the rest is there already, its agent. */
export type MakeAgent = (cluster: AgentCluster, self: Member, clock: VirtualClock, outlet: Outlet) => MadeAgent;

/**
 * Ms from the call that starts a thread or a process to the first line of its program: the least is half of what was
 * measured on an idle machine, the most twenty times the usual.
 */
const startUp = { thread: { least: 8, most: 700 }, process: { least: 16, most: 1200 } } as const;

/** Threads and processes that one run may start. */
const mostMembers = 50;

/**
 * The threads and processes of a program (an agent cluster of ECMA-262 §9.8, and its like in other processes). Their event
 * loops run in turns: each pauses before its poll phase, and who may be the first to go on does so. What they tell each
 * other are operations of the receiver's poll phase; time orders them only where it must.
 */
export class AgentCluster {
  private readonly time = new SharedTime();
  private readonly members: Member[] = [];
  private readonly main: Member;
  /** Lines that were written while several processes ran: by whom, when. */
  private readonly lines: { readonly by: Member; readonly at: number; readonly line: OutputLine; readonly number: number }[] = [];
  private readonly ports = new Map<string, Member>();
  private turn: Turn | null = null;
  private questions: OpenQuestion[] = [];
  private threads = 0;
  private processes = 0;

  constructor(private readonly record: RunRecord, private readonly make: MakeAgent) {
    this.main = this.add(null, null);
  }

  /** What a thread or process has beside it. */
  companyOf(self: Member): Company {
    return {
      mayGoOnBefore: moment => this.members.length > 1 && this.members.some(other =>
        other !== self && this.earliest(other).some(earliest => earliest === null || this.main.loop.clock.mayPrecede(earliest, moment, true))),
    };
  }

  /** Whether the program has one thread. */
  get isAlone(): boolean {
    return this.members.length <= 1;
  }

  /** Runs all to their ends. Returns the exit code of the program's own process, or null when it would wait for ever. */
  run(): number | null {
    let exitCode: number | null = null;
    while (this.members.length > 0) {
      const next = this.next();
      const code = this.goOn(next);
      if (code === undefined) continue;
      if (next === this.main) exitCode = code;
      this.end(next, code ?? 0);
    }
    return exitCode;
  }

  /** Starts a thread or a process; it runs when the present turn of the starter is over, at the earliest. */
  start(starter: Member, options: StartOptions): Member {
    return this.add(starter, options);
  }

  private add(starter: Member | null, start: StartOptions | null): Member {
    if (this.threads + this.processes >= mostMembers) throw new BudgetEnd(`a run starts more than ${mostMembers} threads and processes`);
    const kind = start?.kind ?? 'process';
    const name = start === null ? '' : kind === 'thread' ? `worker ${++this.threads}` : `child process ${++this.processes}`;
    const since = starter?.loop.clock.instantNow() ?? null;
    const clock = new VirtualClock(this.time, since ?? undefined);
    const outlet: Outlet = {
      line: line => this.print(course, line, false),
      directly: { line: line => this.print(course, line, true) },
    };
    const course = {
      kind, name, starter, started: start, tell: () => false, receive: () => false, course: null, since, ended: false, stopped: null, knows: new Map(starter?.knows),
      buffered: { stdout: [], stderr: [] }, writing: { stdout: false, stderr: false },
    } satisfies Omit<Member, keyof MadeAgent> as Omit<Member, keyof MadeAgent> as Member;
    // Its libraries say while they are loaded what they want to receive.
    Object.assign(course, this.make(this, course, clock, outlet));
    this.members.push(course);
    if (starter) setSurroundingAgent(starter.agent);
    return course;
  }

  /** Tells a thread or process something: `deliver` runs in its poll phase, behind what was sent before on the same channel. */
  send(from: Member, to: Member, { name, channel, behind = [], payload = '', together = false, silent }: Sent, deliver: (payload: string) => void): void {
    if (to.ended) return;
    const known = new Map(from.knows);
    this.turn?.sent.push({ to, channel: channelKey(from, to, channel) });
    const operation: SentOperation = {
      name, rounds: 0, atLeast: 0, within: slack.phase, pool: false, ref: false, since: from.loop.clock.instantNow(),
      channel: channelKey(from, to, channel), behind: behind.map(one => channelKey(from, to, one)), payload, together, deliver, known, silent,
      task: {
        origin: from.agent.origin(name, null),
        run: () => {
          to.agent.asyncContext = undefined;
          this.learn(to, known);
          this.turn?.handled.push(operation.channel);
          deliver(payload);
        },
      },
    };
    to.loop.poll.start(operation);
  }

  /** What is behind on the channel and, by a decision, came in the same read; null when there is no such thing. */
  alsoRead(from: Member, to: Member, channel: string): string | null {
    const { poll, clock } = to.loop;
    if (this.turn) this.turn.own++;
    const next = poll.nextOf(channelKey(from, to, channel)) as SentOperation | null;
    if (next === null || !next.together || !clock.mayBeDue({ instant: next.since, plus: 0 })) return null;
    if (this.record.choose(`whether ${nameOf(to)} reads ${next.name} together with what came before it`, ['one after the other', 'at once']) === 0) return null;
    clock.decideDue({ instant: next.since, plus: 0 }, true);
    poll.cancel(next);
    this.learn(to, next.known);
    return next.payload;
  }

  /** What the sender knew when it sent something, the receiver knows. */
  private learn(to: Member, known: ReadonlyMap<Member, number>): void {
    const { knows } = to;
    for (const [process, lines] of known) knows.set(process, Math.max(knows.get(process) ?? 0, lines));
  }

  /** Closes one end of the channel for messages. */
  sendEnd(from: Member, to: Member, deliver: () => void): void {
    this.send(from, to, { name: `the end of the channel of ${nameOf(from)}`, channel: 'end of messages', behind: ['messages'] }, deliver);
  }

  /** Delivers what was sent on a channel and is still on its way, within the present callback; returns how much that was. */
  private drain(from: Member, to: Member, channel: string): number {
    const key = channelKey(from, to, channel);
    let delivered = 0;
    for (let next = to.loop.poll.nextOf(key) as SentOperation | null; next !== null; next = to.loop.poll.nextOf(key) as SentOperation | null) {
      to.loop.poll.cancel(next);
      if (this.turn) this.turn.own++;
      this.learn(to, next.known);
      next.deliver(next.payload);
      delivered++;
    }
    return delivered;
  }

  /** Ends a thread, or sends a signal to a process that does not listen for it. */
  stop(from: Member, target: Member, signal: string): void {
    const course = target;
    if (course.ended) return;
    if (course.course === null) course.stopped = signal;
    this.send(from, target, { name: signal === '' ? 'the end of the thread' : signal, channel: 'signals' }, () => {
      if (signal === '' || signal === 'SIGKILL' || !target.receive('signal', signal)) throw new ProcessExit(1, signal || null);
    });
  }

  /** Takes a port (or the path of a socket) for the process of the member; false when it is taken. */
  claimPort(port: string, by: Member): boolean {
    if (this.ports.has(port)) return false;
    this.ports.set(port, this.processOf(by));
    return true;
  }

  releasePort(port: string): void {
    this.ports.delete(port);
  }

  /** Whether some process listens there. */
  isClaimed(port: string): boolean {
    return this.ports.has(port);
  }

  private processOf(member: Member): Member {
    return member.kind === 'thread' && member.starter ? this.processOf(member.starter) : member;
  }

  /** Who goes on next. */
  private next(): Member {
    const { members } = this;
    if (members.length === 1) return members[0]!;
    const ready = members.filter(one => this.earliest(one).length > 0);
    // Everybody waits for somebody: each finds out by itself.
    if (ready.length === 0) return members[0]!;
    const able = ready.filter(one => {
      if (one.course === null && this.starterIsQuicker(one)) return false;
      const limits = this.limits(one);
      return this.earliest(one).some(moment => moment === null || limits.every(({ instant, plus }) => one.loop.clock.mayPrecede(moment, { instant, plus: plus + slack.wakeUp }, true)));
    });
    const candidates = able.length > 0 ? able : ready;
    if (candidates.length === 1) return candidates[0]!;
    const nominal = (one: Member): number => Math.min(...this.earliest(one).map(moment => (moment === null ? Infinity : this.main.loop.clock.nominal(moment))));
    const ordered = candidates.map(one => ({ one, at: nominal(one) })).sort((a, b) => a.at - b.at).map(({ one }) => one);
    const names = ordered.map(nameOf);
    const decision = this.record.decide(`which goes on first: ${names.join(' or ')}`, names);
    const first = ordered[decision.taken]!;
    this.questions.push({ decision, others: new Set(ordered.filter(one => one !== first)), since: [] });
    return first;
  }

  /**
   * Withdraws the questions of who goes on first that did not matter: all who might have gone first have gone on since, and
   * what they did is the same either way, to them and to the others (partial-order reduction: independent transitions commute).
   */
  private settleQuestions(turn: Turn): void {
    this.questions = this.questions.filter(question => {
      if (question.others.has(turn.by)) {
        if (question.since.some(earlier => earlier.by !== turn.by && !commute(earlier, turn))) return false;
        question.others.delete(turn.by);
        if (question.others.size === 0) {
          this.record.withdraw(question.decision);
          return false;
        }
      }
      question.since.push(turn);
      return true;
    });
  }

  /**
   * Whether the starter has immediates or the like to run before a thread or process can have started. That it loses the
   * processor for so long just then is left out (of 240 runs on a machine with load 6 one showed it); a timer may be late.
   */
  private starterIsQuicker(one: Member): boolean {
    const starter = one.starter;
    if (starter === null || starter.ended || one.since === null || starter.course === null || !starter.loop.mustNotWait) return false;
    const { clock } = starter.loop;
    return clock.nominal({ instant: clock.current, plus: 0 }) < clock.nominal({ instant: one.since, plus: startUp[one.kind].least });
  }

  private earliest(one: Member): readonly (Moment | null)[] {
    if (one.course !== null) return one.loop.earliestMoments();
    return one.since === null ? [null] : [{ instant: one.since, plus: startUp[one.kind].least }];
  }

  private deadlines(one: Member): readonly Moment[] {
    if (one.course !== null) return one.loop.deadlines();
    return one.since === null ? [] : [{ instant: one.since, plus: startUp[one.kind].most }];
  }

  /** The moments that the others will not let pass. */
  private limits(one: Member): readonly Moment[] {
    return this.members.length === 1 ? [] : this.members.flatMap(other => (other === one ? [] : this.deadlines(other)));
  }

  /** Lets one go on up to its next pause. Returns its exit code when it has ended, undefined when it has not. */
  private goOn(one: Member): number | null | undefined {
    const turn: Turn = { by: one, sent: [], handled: [], own: -one.loop.callbacks };
    this.turn = turn;
    try {
      return this.takeTurn(one);
    } finally {
      turn.own += one.loop.callbacks - turn.handled.length;
      this.turn = null;
      if (this.questions.length > 0) this.settleQuestions(turn);
    }
  }

  private takeTurn(one: Member): number | null | undefined {
    setSurroundingAgent(one.agent);
    const limits = this.limits(one);
    if (one.course === null) {
      if (one.since !== null) {
        const { least, most } = startUp[one.kind];
        one.loop.clock.waitForOutside([...limits, { instant: one.since, plus: most - slack.wakeUp }], slack.wakeUp);
        one.loop.clock.decideDue({ instant: one.since, plus: least }, true);
        one.loop.clock.release(one.since);
      }
      if (one.stopped !== null) return 1;
      if (one.starter) this.learn(one, one.starter.knows);
      one.course = one.begin();
      if (one.kind === 'thread') this.send(one, one.starter!, { name: `the start of ${one.name}`, channel: 'port', silent: () => !one.tell('heeds', 'online') }, () => one.tell('online', ''));
      else one.receive('begin', '');
    }
    const { done, value } = one.course.next(limits);
    return done ? value : undefined;
  }

  private end(one: Member, code: number): void {
    one.agent.flush();
    one.ended = true;
    this.members.splice(this.members.indexOf(one), 1);
    for (const [port, owner] of this.ports) if (owner === one) this.ports.delete(port);
    for (const other of this.members.filter(member => member.starter === one)) {
      if (other.kind === 'thread') this.end(other, 1);
      else if (other.started!.channel) this.sendEnd(one, other, () => other.receive('disconnect', ''));
    }
    const { starter } = one;
    if (starter === null || starter.ended) return;
    const signal = one.stopped ?? one.loop.signal ?? '';
    const exited = () => one.tell('exit', signal ? '' : String(code), signal);
    if (one.kind === 'thread') {
      for (const stream of streams) if (one.buffered[stream].length > 0) this.sendLines(one, starter, stream);
      // lib/internal/worker.js `[kOnExit]` drains both ports.
      this.send(one, starter, { name: `the exit of ${one.name}`, channel: 'exit' }, () => {
        const late = this.drain(one, starter, 'messages') + this.drain(one, starter, 'port');
        // Only what the messages have put into a queue shows that they came within one callback with the exit.
        if (late > 0 && !starter.agent.hasMicrotasks && !starter.loop.queues.hasTickScheduled) this.record.redundant = true;
        exited();
      });
      return;
    }
    if (one.started!.channel) this.sendEnd(one, starter, () => one.tell('disconnect', ''));
    if (!one.started!.inherits) for (const stream of streams) this.send(one, starter, { name: `the end of ${stream} of ${one.name}`, channel: `end of ${stream}`, behind: [stream] }, () => one.tell(`${stream} end`, ''));
    // What the child has written is there before SIGCHLD is. That the end of the channel is, too, held up to Node 24 (SEMANTICS S-59).
    const first = ['messages', 'stdout', 'stderr', ...(one.agent.options.node < 26 ? ['end of messages'] : [])];
    this.send(one, starter, { name: `the exit of ${one.name}`, channel: 'exit', behind: first }, exited);
  }

  /** A line of a stream: of a thread it goes through the thread that started it, of a process with pipes to its starter. */
  private print(by: Member, line: OutputLine, directly: boolean): void {
    const { starter } = by;
    if (by.kind === 'thread' && directly) this.print(this.processOf(by), line, true);
    else if (by.kind === 'thread') {
      // lib/internal/worker/io.js `WritableWorkerStdio`: one chunk is on its way at a time, what comes meanwhile waits.
      by.buffered[line.stream].push(line);
      if (!by.writing[line.stream]) this.sendLines(by, starter!, line.stream);
    } else if (starter !== null && !by.started!.inherits) {
      this.send(by, starter, { name: `the ${line.stream} of ${by.name}`, channel: line.stream, payload: `${line.text}\n`, together: true }, text => {
        let chunk = text;
        for (let more = this.alsoRead(by, starter, line.stream); more !== null; more = this.alsoRead(by, starter, line.stream)) chunk += more;
        by.tell(line.stream, chunk);
      });
    } else this.printInOrder(by, line);
  }

  private sendLines(by: Member, starter: Member, stream: OutputLine['stream']): void {
    const lines = by.buffered[stream].splice(0);
    if (!by.writing[stream]) by.loop.ref(1);
    by.writing[stream] = true;
    this.send(by, starter, { name: `the ${stream} of ${by.name}`, channel: 'port' }, () => {
      if (by.started!.inherits) for (const line of lines) this.print(starter, line, false);
      by.tell(stream, lines.map(({ text }) => `${text}\n`).join(''));
      this.send(starter, by, { name: `the demand for more ${stream}`, channel: 'port' }, () => {
        if (by.buffered[stream].length > 0) this.sendLines(by, starter, stream);
        else {
          by.writing[stream] = false;
          by.loop.ref(-1);
        }
      });
    });
  }

  /** Lines of processes that run at the same time come in any order that time allows. */
  private printInOrder(by: Member, line: OutputLine): void {
    const { output } = this.record;
    if (!this.members.some(one => one.kind === 'process' && one !== by) && this.lines.length === 0) {
      output.push(line);
      return;
    }
    const { clock } = by.loop;
    const at = clock.instantNow();
    const number = (by.knows.get(by) ?? 0) + 1;
    by.knows.set(by, number);
    const mayFollow = (other: (typeof this.lines)[number]): boolean =>
      other.by !== by && (by.knows.get(other.by) ?? 0) < other.number && clock.mayPrecede({ instant: at, plus: 0 }, { instant: other.at, plus: 0 }, true);
    // Nobody sees in which order lines of two streams come.
    const same = this.lines.filter(other => other.line.stream === line.stream);
    let place = same.length;
    while (place > 0 && mayFollow(same[place - 1]!)) place--;
    const later = same.slice(place).reverse();
    const back = later.length === 0 ? 0 : this.record.choose(`in which order ${nameOf(by)} and ${[...new Set(later.map(other => nameOf(other.by)))].join(', ')} write`,
      ['it writes last', ...later.map(other => `it writes before '${other.line.text}'`)]);
    const before = back === 0 ? undefined : later[back - 1]!;
    const after = same[same.length - back - 1];
    if (before) clock.decidePrecedes({ instant: at, plus: 0 }, { instant: before.at, plus: 0 }, true);
    if (after && after.by !== by) clock.decidePrecedes({ instant: after.at, plus: 0 }, { instant: at, plus: 0 }, true);
    this.lines.splice(before ? this.lines.indexOf(before) : this.lines.length, 0, { by, at, line, number });
    output.splice(before ? output.indexOf(before.line) : output.length, 0, line);
  }
}

/** Whether two turns of two threads or processes, of which the second might have been first, lead to the same in both orders. */
function commute(first: Turn, second: Turn): boolean {
  if (first.sent.some(({ to }) => to === second.by)) return false;
  return second.sent.every(({ to, channel }) => to !== first.by || (first.own === 0 && first.handled.every(one => one === channel)));
}

const nameOf = ({ name }: Member): string => name || 'the main thread';
