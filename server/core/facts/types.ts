import type { TSESTree } from '../syntax/source-file.ts';
import { unionOf, variableOf, type Extraction } from './extraction.ts';
import type { Value } from './module-facts.ts';

/** Generic types that stand for their argument as far as calls are concerned. */
const transparent = new Set(['Promise', 'PromiseLike', 'Awaited', 'Readonly', 'Partial', 'Required', 'NonNullable', 'DeepPartial', 'Omit', 'Pick', 'Ref', 'WeakRef', 'Repository']);

/**
 * What a type annotation says about a value: an instance of the class or interface that it names, or of an
 * array of them. Null where it says nothing that calls could be resolved by.
 */
export function typeValue(extraction: Extraction, type: TSESTree.TypeNode): Value | null {
  switch (type.type) {
    case 'TSTypeReference': {
      const args = type.typeArguments?.params ?? [];
      if (type.typeName.type === 'Identifier' && transparent.has(type.typeName.name) && args[0]) return typeValue(extraction, args[0]);
      if (type.typeName.type === 'Identifier' && (type.typeName.name === 'Array' || type.typeName.name === 'ReadonlyArray') && args[0]) return arrayOf(extraction, args[0], type);
      const named = entityValue(extraction, type.typeName);
      return named ? { k: 'instance', of: named } : null;
    }
    case 'TSArrayType':
      return arrayOf(extraction, type.elementType, type);
    case 'TSUnionType':
    case 'TSIntersectionType':
      return unionOf(type.types.map(member => typeValue(extraction, member)));
    case 'TSTypeOperator':
      return type.typeAnnotation ? typeValue(extraction, type.typeAnnotation) : null;
    case 'TSTypeQuery':
      return type.exprName.type === 'TSImportType' ? null : entityValue(extraction, type.exprName);
    case 'TSTypeLiteral': {
      const properties = type.members.flatMap(member => {
        if (member.type !== 'TSPropertySignature' || !member.typeAnnotation || member.key.type !== 'Identifier') return [];
        const value = typeValue(extraction, member.typeAnnotation.typeAnnotation);
        return value ? [{ name: member.key.name, value, kind: 'init' as const }] : [];
      });
      if (properties.length === 0) return null;
      extraction.objects.push({ range: [type.range[0], type.range[1]], fn: extraction.place.fn, array: false, properties });
      return { k: 'obj', obj: extraction.objects.length - 1 };
    }
    default:
      return null;
  }
}

function arrayOf(extraction: Extraction, element: TSESTree.TypeNode, node: TSESTree.Node): Value | null {
  const value = typeValue(extraction, element);
  if (!value) return null;
  extraction.objects.push({ range: [node.range[0], node.range[1]], fn: extraction.place.fn, array: true, properties: [{ name: '*', value, kind: 'init' }] });
  return { k: 'obj', obj: extraction.objects.length - 1 };
}

function entityValue(extraction: Extraction, name: TSESTree.EntityName): Value | null {
  switch (name.type) {
    case 'Identifier': {
      const variable = variableOf(extraction, name);
      return variable >= 0 ? { k: 'var', var: variable } : { k: 'global', name: name.name };
    }
    case 'TSQualifiedName': {
      const object = entityValue(extraction, name.left);
      return object ? { k: 'get', object, name: name.right.name } : null;
    }
    default:
      return null;
  }
}
