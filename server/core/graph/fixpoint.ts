/**
 * Answers questions that depend on one another, also in circles, by the least fixpoint of what is said of each (Kleene): every
 * answer starts as `initial` and only rises until nothing changes. Nothing is asked recursively, so that no chain is too long for
 * the stack, and the answers do not depend on who asks first.
 */
export interface Fixpoint<Question, Answer> {
  /**
   * The answer. While another question is being answered: what is known of it so far; that other one is then answered
   * again when more is known.
   */
  ask(question: Question): Answer;
}

export interface FixpointOptions<Question, Answer> {
  /** Questions with the same key are the same. */
  readonly keyOf: (question: Question) => unknown;
  /** The least answer. */
  readonly initial: Answer;
  /** What to answer where the answers do not come to rest, which they do where `answer` is monotone. */
  readonly unknown: Answer;
  /** The answer as far as those to other questions tell, for which it calls `ask`. */
  readonly answer: (question: Question) => Answer;
}

interface State<Question, Answer> {
  readonly question: Question;
  readonly key: unknown;
  answer: Answer;
  /** Those whose answers rest on this one. */
  dependents: Set<State<Question, Answer>>;
  waiting: boolean;
  rounds: number;
  /** In the order in which they were first asked: what is asked later lies deeper. */
  readonly index: number;
}

/** An answer that has changed more often than this rises in no lattice of ours. */
const mostRounds = 200;

export function createFixpoint<Question, Answer>({ keyOf, initial, unknown, answer }: FixpointOptions<Question, Answer>): Fixpoint<Question, Answer> {
  const settled = new Map<unknown, Answer>();
  let open = new Map<unknown, State<Question, Answer>>();
  let fresh: State<Question, Answer>[] = [];
  let again: State<Question, Answer>[] = [];
  let current: State<Question, Answer> | null = null;

  const stateOf = (question: Question, key: unknown): State<Question, Answer> => {
    let state = open.get(key);
    if (!state) {
      state = { question, key, answer: initial, dependents: new Set(), waiting: true, rounds: 0, index: open.size };
      open.set(key, state);
      fresh.push(state);
    }
    return state;
  };

  const evaluate = (state: State<Question, Answer>): void => {
    state.waiting = false;
    state.rounds++;
    current = state;
    const found = state.rounds > mostRounds ? unknown : answer(state.question);
    current = null;
    if (found === state.answer) return;
    state.answer = found;
    for (const dependent of state.dependents) {
      if (dependent.waiting || dependent.rounds > mostRounds) continue;
      dependent.waiting = true;
      again.push(dependent);
    }
  };

  const solve = (): void => {
    try {
      while (true) {
        // What was never answered comes first, so that an answer waits for all that it rests on.
        const next = fresh.pop();
        if (next) evaluate(next);
        else if (again.length > 0) {
          const round = again.sort((a, b) => b.index - a.index);
          again = [];
          for (const state of round) evaluate(state);
        } else break;
      }
      for (const state of open.values()) settled.set(state.key, state.answer);
    } finally {
      // Also where answering has thrown: half an answer must not be taken for one.
      current = null;
      open = new Map();
      fresh = [];
      again = [];
    }
  };

  return {
    ask(question) {
      const key = keyOf(question);
      const known = settled.get(key);
      if (known !== undefined || settled.has(key)) return known as Answer;
      const state = stateOf(question, key);
      if (current) {
        state.dependents.add(current);
        return state.answer;
      }
      solve();
      return settled.get(key) as Answer;
    },
  };
}
