import { surroundingAgent, type ExecutionContext } from '../agent.ts';
import { ProgramError } from '../event-loop/engine.ts';
import { ObjectValue, UnknownValue, type PropertyKey, type Value } from '../values.ts';
import { UnknownOperand } from './unknown-values.ts';

// What a program does while it starts has happened before the function that is explained: of its effects only the values count.

/** Node's modules whose functions only compute, so that they may run while a value is made. */
const computing = /^(?:path|url|querystring|util|util\/types|events|string_decoder|buffer|assert|async_hooks|diagnostics_channel|stream|internal\/(?!child|fetch|ipc|fs|http|vfs|stdio).*)$/;

/** Whether a function of Node's own may run while the program starts. */
export function computesOnly(library: string): boolean {
  return computing.test(library);
}

/**
 * The value of something that the program made while it started: prints nothing, starts nothing. What cannot be told is unknown,
 * under the name that it has in the program.
 */
export function atStartUp(context: ExecutionContext, name: string, make: () => Value): Value {
  const agent = surroundingAgent;
  const depth = agent.contexts.length;
  agent.startingUp++;
  const reasons = agent.reasonsInStartUp;
  agent.reasonsInStartUp = 0;
  agent.contexts.push(context);
  const node = context.node;
  try {
    const value = make();
    return agent.reasonsInStartUp > 0 ? unknownLike(value, name) : value;
  } catch (error) {
    if (!(error instanceof ProgramError) && !(error instanceof UnknownOperand)) throw error;
    return new UnknownValue(name);
  } finally {
    context.node = node;
    agent.contexts.length = depth;
    agent.reasonsInStartUp = reasons;
    agent.startingUp--;
  }
}

/** An object that was made of something unknown keeps what it has, and may have more. */
function unknownLike(value: Value, name: string): Value {
  return value instanceof ObjectValue ? openObject(value, name) : value instanceof UnknownValue ? value : new UnknownValue(name);
}

/** Marks an object as one that may have more than is known: its missing members are unknown, under its name. */
export function openObject<T extends ObjectValue>(object: T, name: string): T {
  const { openObjects } = surroundingAgent;
  if (!openObjects.has(object)) openObjects.set(object, new UnknownValue(name, 'object'));
  return object;
}

/** What an object may have that it inherits from something unknown, or that was copied from there; undefined where all of it is known. */
export function openMember(object: ObjectValue, key: PropertyKey): UnknownValue | undefined {
  if (typeof key === 'symbol' || key === 'then' || key === 'toJSON' || key === 'constructor') return undefined;
  const { openObjects } = surroundingAgent;
  for (let at: ObjectValue | null = object; at !== null; at = at.prototype) {
    const owner = openObjects.get(at);
    if (!owner) continue;
    const member = new UnknownValue(`${owner.origin}.${key}`, key === 'length' ? 'number' : 'any');
    member.member = { owner, key };
    return member;
  }
  return undefined;
}
