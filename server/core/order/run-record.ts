import { BudgetEnd } from './agent.ts';
import type { Budget, Decide, Decision, RunStep } from './run.ts';
import type { OutputLine } from './timeline.ts';

/** What the agents of one run make together: its decisions, its output, its steps; and what of the budget they have used. */
export class RunRecord {
  readonly decisions: Decision[] = [];
  readonly output: OutputLine[] = [];
  readonly steps: RunStep[] = [];
  readonly incompleteReasons = new Set<string>();
  private evaluated = 0;
  private heap = 0;

  constructor(readonly budget: Budget, private readonly decide: Decide) {}

  /** An outside decision: index of the alternative taken. */
  choose(why: string, alternatives: readonly string[]): number {
    const n = alternatives.length;
    if (n < 2) return 0;
    if (this.decisions.length >= this.budget.choices * 20) throw new BudgetEnd(`a run holds more than ${this.budget.choices * 20} decisions`);
    const answer = this.decide(n, this.decisions.length);
    const taken = answer >= 0 && answer < n ? answer : 0;
    this.decisions.push({ n, taken, why, alternatives });
    return taken;
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
