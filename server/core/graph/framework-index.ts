import type { ClassConvention, DecoratorRegistration, FileConvention, FileRole, FrameworkModel, InputKind, Registration, TypeDescription, TypeName, Wrapper } from '../node/registration.ts';

/** The framework models, laid out for look-ups. */
export interface FrameworkIndex {
  /** The type that calling or constructing a library's export gives. */
  produced(module: string, member: string, by: 'call' | 'new'): TypeName | null;
  /** The type that a library's export (or a global) itself has. */
  valueType(module: string, member: string): TypeName | null;
  /** The type that a TypeScript type of a library names. */
  annotated(module: string, name: string): TypeName | null;
  /** The type of a property of an object of a type. */
  property(type: TypeName, name: string): TypeName | null;
  /** The type that a method returns. */
  result(type: TypeName, name: string): TypeName | null;
  /** What a member holds of what the client sent. */
  input(type: TypeName, name: string): InputKind | null;
  /** Registrations of a method, those of the nearest type only. */
  methodRegistrations(type: TypeName, name: string): readonly Registration[];
  /** Registrations by assignment to a property of an object of a type. */
  assignedRegistrations(type: TypeName, name: string): readonly Registration[];
  functionRegistrations(module: string, member: string): readonly Registration[];
  wrapper(module: string, member: string): Wrapper | null;
  /** Registrations that may be believed of a receiver known only by its variable name. */
  likelyRegistrations(variableName: string, member: string): readonly { readonly type: TypeName; readonly registration: Registration }[];
  readonly decorators: ReadonlyMap<string, readonly DecoratorRegistration[]>;
  readonly classes: readonly ClassConvention[];
  readonly files: readonly FileConvention[];
  readonly roles: readonly FileRole[];
}

/** A module specifier without `node:`. */
export function canonicalModule(specifier: string): string {
  return specifier.startsWith('node:') ? specifier.slice(5) : specifier;
}

export function createFrameworkIndex(models: readonly FrameworkModel[]): FrameworkIndex {
  const types = new Map<TypeName, TypeDescription>();
  const produced = new Map<string, TypeName>();
  const valueTypes = new Map<string, TypeName>();
  const annotations = new Map<string, TypeName>();
  const methods = new Map<string, Registration[]>();
  const beginnings = new Map<TypeName, { readonly beginning: string; readonly registration: Registration }[]>();
  const assigned = new Map<string, Registration[]>();
  const functions = new Map<string, Registration[]>();
  const wrappers = new Map<string, Wrapper>();
  const byVariable = new Map<string, TypeName[]>();
  const decorators = new Map<string, DecoratorRegistration[]>();
  const push = <T>(map: Map<string, T[]>, key: string, item: T): void => {
    const list = map.get(key);
    if (list) list.push(item);
    else map.set(key, [item]);
  };

  for (const model of models) {
    for (const type of model.types ?? []) {
      types.set(type.name, type);
      for (const { modules, names } of type.annotations ?? []) for (const module of modules) for (const name of names) annotations.set(`${module}\0${name}`, type.name);
      for (const name of type.names ?? []) push(byVariable, name.toLowerCase(), type.name);
    }
    for (const producer of model.producers ?? []) {
      for (const module of producer.modules) {
        for (const member of producer.members) {
          const key = `${module}\0${member}`;
          if (producer.by === 'value') valueTypes.set(key, producer.type);
          if (producer.by === 'call' || producer.by === 'either') produced.set(`${key}\0call`, producer.type);
          if (producer.by === 'new' || producer.by === 'either') produced.set(`${key}\0new`, producer.type);
        }
      }
    }
    for (const registration of model.registrations ?? []) {
      for (const member of registration.members) {
        if (registration.type && registration.by === 'assigned') push(assigned, `${registration.type}\0${member}`, registration);
        else if (registration.type && member.endsWith('*')) push(beginnings, registration.type, { beginning: member.slice(0, -1), registration });
        else if (registration.type) push(methods, `${registration.type}\0${member}`, registration);
        for (const module of registration.modules ?? []) push(functions, `${module}\0${member}`, registration);
      }
    }
    for (const wrapper of model.wrappers ?? []) for (const module of wrapper.modules) for (const member of wrapper.members) wrappers.set(`${module}\0${member}`, wrapper);
    for (const decorator of model.decorators ?? []) for (const module of decorator.modules) for (const name of decorator.names) push(decorators, `${module}\0${name}`, decorator);
  }

  /** The first answer of a type and, breadth first, of what it extends. */
  const inherited = <T>(type: TypeName, ask: (type: TypeName) => T | null | undefined): T | null => {
    const queue = [type];
    const seen = new Set(queue);
    for (const name of queue) {
      const answer = ask(name);
      if (answer !== null && answer !== undefined) return answer;
      for (const parent of types.get(name)?.extends ?? []) if (!seen.has(parent)) seen.add(parent) && queue.push(parent);
    }
    return null;
  };
  const own = <T>(record: Readonly<Record<string, T>> | undefined, name: string): T | null => (record && Object.hasOwn(record, name) ? record[name]! : null);
  // `import x from 'cjs'`, `require('esm').default` and the module itself are one.
  const at = <T>(map: ReadonlyMap<string, T>, module: string, member: string, suffix = ''): T | null => map.get(`${module}\0${member}${suffix}`) ?? (member === 'default' ? (map.get(`${module}\0${suffix}`) ?? null) : null);
  const noRegistrations: readonly Registration[] = [];
  const begun = (type: TypeName, name: string): readonly Registration[] | null => {
    const found = beginnings.get(type)?.filter(({ beginning }) => name.startsWith(beginning)).map(({ registration }) => registration);
    return found && found.length > 0 ? found : null;
  };
  const methodRegistrations = (type: TypeName, name: string): readonly Registration[] => {
    // `app[route.method](route.path, …)`: a verb, or where the object has none, a listener.
    if (name === '*') return inherited(type, current => methods.get(`${current}\0get`)) ?? inherited(type, current => methods.get(`${current}\0on`)) ?? noRegistrations;
    return inherited(type, current => methods.get(`${current}\0${name}`) ?? begun(current, name)) ?? noRegistrations;
  };

  return {
    produced: (module, member, by) => at(produced, module, member, `\0${by}`),
    valueType: (module, member) => at(valueTypes, module, member),
    annotated: (module, name) => at(annotations, module, name),
    property: (type, name) => inherited(type, current => own(types.get(current)?.properties, name) ?? (name.startsWith('$') ? null : own(types.get(current)?.properties, '*'))),
    result(type, name) {
      const result = inherited(type, current => own(types.get(current)?.results, name));
      if (result !== null) return result === 'this' ? type : result;
      return inherited(type, current => types.get(current)?.chainable) && !inherited(type, current => types.get(current)?.promised?.includes(name) || null) ? type : null;
    },
    input(type, name) {
      // The nearest type that says anything about input says all about it.
      const input = inherited(type, current => types.get(current)?.input);
      return input ? own(input, name) : null;
    },
    methodRegistrations,
    assignedRegistrations: (type, name) => inherited(type, current => assigned.get(`${current}\0${name}`)) ?? noRegistrations,
    functionRegistrations: (module, member) => at(functions, module, member) ?? noRegistrations,
    wrapper: (module, member) => at(wrappers, module, member),
    likelyRegistrations(variableName, member) {
      const found: { type: TypeName; registration: Registration }[] = [];
      for (const type of byVariable.get(variableName.toLowerCase()) ?? []) {
        for (const registration of inherited(type, current => methods.get(`${current}\0${member}`)) ?? noRegistrations) if (registration.likely) found.push({ type, registration });
      }
      return found;
    },
    decorators,
    classes: models.flatMap(model => model.classes ?? []),
    files: models.flatMap(model => model.files ?? []),
    roles: models.flatMap(model => model.roles ?? []),
  };
}
