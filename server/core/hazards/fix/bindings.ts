import type { ImportFacts, ModuleFacts, Value } from '../../facts/module-facts.ts';
import type { TextEdit } from '../../text/edit.ts';
import { isCoreModule } from '../../node/core-modules.ts';

/** A name in a file for an export of a module, with the import that it takes if there is none yet. */
export interface Binding {
  readonly text: string;
  readonly edits: readonly TextEdit[];
}

/**
 * How the code at a function can name `member` of `module` (without `node:`): a binding of the file that it has at
 * hand, else a new one: among the names that the file imports from the module, or by an import in the file's own
 * style (import or require, `node:` or not, quotes, semicolons). Null where no import of the file shows that style,
 * or no name is free.
 */
export function bindExport(facts: ModuleFacts, text: string, fn: number, module: string, member: string): Binding | null {
  const existing = existingBinding(facts, fn, module, member);
  if (existing !== null) return { text: existing, edits: [] };
  const names = new Set(facts.variables.map(variable => variable.name));
  const local = [member, `${member}Async`, `${member}Promise`].find(name => !names.has(name));
  const model = modelImport(facts, module);
  if (local === undefined || !model) return null;
  const edit = addName(text, model, module, member, local) ?? addImport(text, model, module, member, local);
  return edit && { text: local, edits: [{ file: facts.file, ...edit }] };
}

function existingBinding(facts: ModuleFacts, fn: number, module: string, member: string): string | null {
  for (const assignment of facts.assignments) {
    if (assignment.to !== 'var') continue;
    const variable = facts.variables[assignment.var]!;
    if (variable.fn !== 0 || (variable.kind !== 'import' && variable.kind !== 'const')) continue;
    const binding = bindingIn(variable.name, assignment.value, module, member);
    // Last, since it looks through all variables.
    if (binding !== null && !isShadowed(facts, fn, variable.name)) return binding;
  }
  return null;
}

/** How the member is named where a variable holds the value. */
function bindingIn(name: string, value: Value, module: string, member: string): string | null {
  if (isModule(value, module)) return `${name}.${member}`;
  if (value.k !== 'get' || !isModule(value.object, module)) return null;
  return value.name === member ? name : value.name === 'default' && isCoreModule(module) ? `${name}.${member}` : null;
}

/** Whether a value is the namespace of a module: also `require('fs').promises` for fs/promises. */
function isModule(value: Value, module: string): boolean {
  if (value.k === 'module') return bare(value.specifier) === module;
  const slash = module.lastIndexOf('/');
  return value.k === 'get' && slash > 0 && value.name === module.slice(slash + 1) && isModule(value.object, module.slice(0, slash));
}

/** Whether a function around the place declares the name again. */
function isShadowed(facts: ModuleFacts, fn: number, name: string): boolean {
  for (let scope = fn; scope > 0; scope = facts.functions[scope]!.parent) {
    if (facts.variables.some(variable => variable.fn === scope && variable.name === name)) return true;
  }
  return false;
}

/** The import to take as a model: of the module, of a related one (`fs` for `fs/promises`), of a module of Node, or any. */
function modelImport(facts: ModuleFacts, module: string): ImportFacts | null {
  const candidates = facts.imports.filter(item => item.fn === 0 && !item.typeOnly && (item.kind === 'import' || item.kind === 'require'));
  const isOf = (item: ImportFacts, name: string): boolean => bare(item.specifier) === name;
  const own = candidates.find(item => isOf(item, module)) ?? candidates.find(item => isOf(item, module.split('/')[0]!));
  if (own || !isCoreModule(module)) return own ?? null;
  return candidates.findLast(item => isCoreModule(item.specifier)) ?? candidates.at(-1) ?? null;
}

function bare(specifier: string): string {
  return specifier.replace(/^node:/, '');
}

/** `import` declarations and `import x = require()` are whole in their range; of a plain require it is the call. */
function isRequireCall(text: string, model: ImportFacts): boolean {
  return model.kind === 'require' && text.startsWith('require', model.range[0]);
}

/** Adds the name to the braces of an import of the same module; null where there are none. */
function addName(text: string, model: ImportFacts, module: string, member: string, local: string): { start: number; end: number; text: string } | null {
  if (bare(model.specifier) !== module) return null;
  const commonjs = isRequireCall(text, model);
  const close = commonjs ? /\}\s*=\s*$/.exec(text.slice(0, model.range[0]))?.index : text.indexOf('}', model.range[0]);
  if (close === undefined || close < 0 || (!commonjs && / from\b/.test(text.slice(model.range[0], close)))) return null;
  const inside = text.slice(0, close).trimEnd();
  const start = inside.length;
  const name = local === member ? member : commonjs ? `${member}: ${local}` : `${member} as ${local}`;
  return { start, end: start, text: inside.endsWith(',') || inside.endsWith('{') ? ` ${name}` : `, ${name}` };
}

/** A statement of its own after the model; null where the model is part of a longer declaration. */
function addImport(text: string, model: ImportFacts, module: string, member: string, local: string): { start: number; end: number; text: string } | null {
  const [, end] = model.range;
  const commonjs = isRequireCall(text, model);
  const written = text.slice(...model.range);
  const quote = /(['"])[^'"]*['"]\)?;?$/.exec(written)?.[1] ?? "'";
  const specifier = `${quote}${model.specifier.startsWith('node:') ? 'node:' : ''}${module}${quote}`;
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  if (!commonjs) {
    const name = local === member ? member : `${member} as ${local}`;
    return { start: end, end, text: `${newline}import { ${name} } from ${specifier}${written.endsWith(';') ? ';' : ''}` };
  }
  const rest = /^(?:\.\w+)*(?:[ \t]*(;))?[^\S\r\n]*(?:\/\/[^\r\n]*)?(?=\r?\n|$)/.exec(text.slice(end));
  if (!rest) return null;
  const at = end + rest[0].length;
  const name = local === member ? member : `${member}: ${local}`;
  return { start: at, end: at, text: `${newline}const { ${name} } = require(${specifier})${rest[1] ?? ''}` };
}
