import type { Origin } from '../event-loop/engine.ts';
import type { NodeMajor } from '../run.ts';

/** A value of the program; only the machine looks inside. */
export type GuestValue = unknown;

export type HostFunction = (args: readonly GuestValue[], self: GuestValue) => GuestValue;

export type Primitive = string | number | boolean | bigint | null | undefined;

/** What Node's bindings need of the machine: making values, looking at them, calling them. */
export interface Realm {
  readonly node: NodeMajor;
  /** A guest function; what `body` throws as `ProgramError` is thrown to the program. */
  func(name: string, body: HostFunction): GuestValue;
  object(properties: Readonly<Record<string, GuestValue>>): GuestValue;
  array(values: readonly GuestValue[]): GuestValue;
  primitive(value: Primitive): GuestValue;
  /** The host's form of a primitive, the likely one of an inexact value; an object, a symbol or an unknown is undefined. */
  host(value: GuestValue): Primitive;
  get(object: GuestValue, key: string): GuestValue;
  set(object: GuestValue, key: string, value: GuestValue): void;
  /** Elements of a guest array. */
  elements(array: GuestValue): readonly GuestValue[];
  /** Calls a guest function. Throws `ProgramError` with what it throws. */
  call(fn: GuestValue, self: GuestValue, args: readonly GuestValue[]): GuestValue;
  truthy(value: GuestValue): boolean;
  /** Compiles a guest library to a function of `(exports, require, module, internalBinding, process)`. */
  library(id: string, text: string): GuestValue;
  /** An unknown value of a type (`string`, `number`, `boolean`, `object`), with what it is in the user's words. */
  unknown(origin: string, type: string): GuestValue;
  /** Also of an inexact value. */
  isUnknown(value: GuestValue): boolean;
  /** Unknown, or a text with an unknown part: no likely value to work with. */
  isOpen(value: GuestValue): boolean;
  /** What an unknown value is, in the user's words; '' of a known one. */
  originOf(value: GuestValue): string;
  /** The same value, whose printed form is not to be trusted. */
  inexact(value: GuestValue, what: string): GuestValue;
  /** Marks the bytes of a typed array or an array buffer as unknown, and what they are; with `length`, also how many there are. */
  forgetBytes(bytes: GuestValue, what: string, length: boolean): void;
  /** What the unknown bytes of a typed array or an array buffer are; undefined where they are known. */
  unknownBytes(bytes: GuestValue): string | undefined;
  /** The bytes of a typed array or an array buffer, a copy; undefined where they are not known. */
  bytes(value: GuestValue): Uint8Array | undefined;
  /** The value that every queued callback keeps: AsyncLocalStorage's map. */
  asyncContext: GuestValue;
  /** Who schedules right now and what to call it; `callback` gives the location of what will run. */
  origin(label: string, callback: GuestValue): Origin;
  /** Where the program asks for the time: the same value for the same place of its text. */
  place(): unknown;
  /** Text on the thread's stdout or stderr, with its line ends. */
  write(stream: 'stdout' | 'stderr', text: GuestValue): void;
  /** The same on the descriptor of the process: another thread's streams lead through the main thread. */
  writeDirectly(stream: 'stdout' | 'stderr', text: GuestValue): void;
  /** The text that Node prints for an error that nobody handled. */
  describeError(error: GuestValue): string;
  /** Says that the answer is not the whole truth, with the current line: `fs.watch`. */
  incomplete(what: string): void;
  /** Gives an object of Node the names that the real one has (builtin-members/). */
  complete(object: GuestValue, path: string): void;
  /** An object of Node of which only the names are known. */
  builtinAt(path: string): GuestValue;
  /** Builtins of the machine itself for `internalBinding('inspect')`, `internalBinding('types')` and others that it owns. */
  binding(name: string): GuestValue | undefined;
}
