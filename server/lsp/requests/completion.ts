import { getLocation } from 'jsonc-parser';
import { CompletionItemKind, MarkupKind, type CompletionItem, type CompletionParams } from 'vscode-languageserver/node';
import { configJsonSchema } from '../../core/config/config-schema.ts';
import { rulePage } from '../../core/hazards/registry.ts';
import type { Session } from '../session.ts';

type Schema = Readonly<Record<string, unknown>>;

/** `textDocument/completion` in a looplens.config.json: keys, rules and severities, as the schema has them. */
export function completion(session: Session, params: CompletionParams): CompletionItem[] {
  const document = session.document(params.textDocument.uri);
  if (!document || !/looplens\.config\.jsonc?$/.test(document.uri)) return [];
  const text = document.getText();
  const offset = document.offsetAt(params.position);
  const { path, isAtPropertyKey, previousNode } = getLocation(text, offset);
  const range = previousNode && previousNode.offset <= offset && offset <= previousNode.offset + previousNode.length ? { start: document.positionAt(previousNode.offset), end: document.positionAt(previousNode.offset + previousNode.length) } : { start: params.position, end: params.position };
  const item = (value: string, kind: CompletionItemKind, documentation: string): CompletionItem => {
    const newText = JSON.stringify(value);
    return { label: value, kind, textEdit: { range, newText }, filterText: newText, ...(documentation ? { documentation: { kind: MarkupKind.Markdown, value: documentation } } : {}) };
  };
  if (isAtPropertyKey) {
    const properties = record(schemasAt(path.slice(0, -1)).find(schema => schema['properties'])?.['properties']);
    return Object.entries(properties).map(([key, schema]) => {
      const page = rulePage(key, session.locale);
      return item(key, CompletionItemKind.Property, page ? (session.locale === 'zh-cn' ? page.titleZh : page.title) : String(record(schema)['description'] ?? ''));
    });
  }
  return schemasAt(path).flatMap(schema => (Array.isArray(schema['enum']) ? schema['enum'] : [])).map(value => item(String(value), CompletionItemKind.EnumMember, ''));
}

/** The schemas that hold for a path of the config, alternatives apart. */
function schemasAt(path: readonly (string | number)[]): Schema[] {
  let schemas = alternatives(configJsonSchema());
  for (const key of path) {
    schemas = schemas.flatMap(schema => {
      const next = typeof key === 'number' ? (Array.isArray(schema['prefixItems']) ? schema['prefixItems'][key] : undefined) ?? schema['items'] : record(schema['properties'])[key];
      return alternatives(record(next));
    });
  }
  return schemas;
}

function alternatives(schema: Schema): Schema[] {
  return Array.isArray(schema['anyOf']) ? schema['anyOf'].flatMap(item => alternatives(record(item))) : [schema];
}

function record(value: unknown): Schema {
  return typeof value === 'object' && value !== null ? (value as Schema) : {};
}
