import { BudgetEnd } from './agent.ts';
import type { Budget, Decide, Decision, RunStep } from './run.ts';
import type { Failure, OutputLine } from './timeline.ts';

/** A decision whose other answers may yet turn out to lead to nothing else. */
export type OpenDecision = Decision & { n: number };

/** What the agents of one run make together: its decisions, its output, its steps; and what of the budget they have used. */
export class RunRecord {
  readonly decisions: OpenDecision[] = [];
  readonly output: OutputLine[] = [];
  readonly steps: RunStep[] = [];
  readonly incompleteReasons = new Set<string>();
  readonly assumptions = new Set<string>();
  failure: Failure | undefined;
  /** From here on the run is like one that other answers lead to: what follows need not be varied. */
  redundant = false;
  evaluated = 0;
  private heap = 0;

  constructor(readonly budget: Budget, private readonly answer: Decide) {}

  /** An outside decision: index of the alternative taken. */
  choose(why: string, alternatives: readonly string[]): number {
    return alternatives.length < 2 ? 0 : this.decide(why, alternatives).taken;
  }

  /** The same, of at least two alternatives, with the record of it. */
  decide(why: string, alternatives: readonly string[]): OpenDecision {
    const n = alternatives.length;
    if (this.decisions.length >= this.budget.choices * 20) throw new BudgetEnd(`a run holds more than ${this.budget.choices * 20} decisions`);
    const answer = this.answer(n, this.decisions.length);
    const taken = answer >= 0 && answer < n ? answer : 0;
    const decision = { n: this.redundant ? 1 : n, taken, why, alternatives };
    this.decisions.push(decision);
    return decision;
  }

  /** It has turned out that another answer leads to nothing else: nobody needs to try it. */
  withdraw(decision: OpenDecision): void {
    decision.n = 1;
  }

  /** Counts one evaluation step; false when the budget has ended. */
  count(): boolean {
    return ++this.evaluated <= this.budget.steps;
  }

  /** Counts units of the heap; false when the budget has ended. */
  allocate(units: number): boolean {
    this.heap += units;
    return this.heap <= this.budget.heap;
  }

  addStep<S extends Omit<RunStep, 'id'>>(step: S): S & { readonly id: number } {
    if (this.steps.length > 50_000) throw new BudgetEnd('a run holds more than 50000 steps');
    const recorded = { ...step, id: this.steps.length + 1 };
    this.steps.push(recorded);
    return recorded;
  }
}
