import { type DocumentNode, Kind } from 'graphql';

/** The fields that an operation begins with, such as `need` or `_entities`: what it is called in the audit log. */
export function rootFields(document: DocumentNode, operationName?: string | null): string {
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
    if (operationName && definition.name?.value !== operationName) continue;
    const names = definition.selectionSet.selections.map((selection) =>
      selection.kind === Kind.FIELD ? selection.name.value : '…',
    );
    return [...new Set(names)].slice(0, 10).join(' ');
  }
  return 'unknown';
}
