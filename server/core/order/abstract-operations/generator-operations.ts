import { throwError, type ExecutionContext } from '../agent.ts';
import { ProgramError } from '../event-loop/engine.ts';
import type { Resumption, Steps } from '../evaluation/coroutine.ts';
import { ObjectValue, type Value } from '../values.ts';
import { resumeBody } from './async-function-operations.ts';
import { createIteratorResult } from './iterator-operations.ts';
import { describeValue } from './messages.ts';

/** Generator instance (ECMA-262 §27.5.3). */
export class GeneratorObject extends ObjectValue {
  state: 'suspended-start' | 'suspended-yield' | 'executing' | 'completed' = 'suspended-start';
  constructor(prototype: ObjectValue, readonly context: ExecutionContext, readonly steps: Steps) {
    super(prototype);
  }
  override get kind(): string {
    return 'Generator';
  }
}

export function createGenerator(prototype: ObjectValue, context: ExecutionContext, steps: Steps): GeneratorObject {
  return new GeneratorObject(prototype, context, steps);
}

/** GeneratorValidate (ECMA-262 §27.5.3.2) */
function generatorValidate(value: Value, method: string): GeneratorObject {
  if (!(value instanceof GeneratorObject)) throwError('TypeError', `${method} method called on incompatible receiver ${describeValue(value)}`);
  if (value.state === 'executing') throwError('TypeError', 'Generator is already running');
  return value;
}

/** GeneratorResume and GeneratorResumeAbrupt (ECMA-262 §27.5.3.3, §27.5.3.4) */
export function generatorResume(value: Value, resumption: Resumption, method: string): Value {
  const generator = generatorValidate(value, method);
  if (generator.state === 'suspended-start' && resumption.type !== 'normal') generator.state = 'completed';
  if (generator.state === 'completed') {
    if (resumption.type === 'throw') throw new ProgramError(resumption.value);
    return createIteratorResult(resumption.type === 'return' ? resumption.value : undefined, true);
  }
  generator.state = 'executing';
  try {
    const step = resumeBody(generator.context, generator.steps, resumption);
    generator.state = step.done ? 'completed' : 'suspended-yield';
    return step.done ? createIteratorResult(step.value as Value, true) : step.value.value;
  } catch (error) {
    generator.state = 'completed';
    throw error;
  }
}
