import type { XmlElement } from './xml-tree.js';

/** All elements at the end of a path of names, in document order. */
export function all(from: XmlElement | readonly XmlElement[] | null, ...path: string[]): XmlElement[] {
  let found: XmlElement[] = from === null ? [] : 'children' in from ? [from] : [...from];
  for (const name of path) {
    const next: XmlElement[] = [];
    for (const element of found) {
      for (const child of element.children) if (child.name === name) next.push(child);
    }
    found = next;
  }
  return found;
}

/** The first element at the end of a path. */
export function first(from: XmlElement | readonly XmlElement[] | null, ...path: string[]): XmlElement | null {
  return all(from, ...path)[0] ?? null;
}

/** The first non-empty text at the end of a path. */
export function textOf(from: XmlElement | readonly XmlElement[] | null, ...path: string[]): string | null {
  return all(from, ...path).find(({ text }) => text !== '')?.text ?? null;
}

/** Non-empty texts at the end of a path, without repetition. */
export function textsOf(from: XmlElement | readonly XmlElement[] | null, ...path: string[]): string[] {
  return [...new Set(all(from, ...path).map(({ text }) => text))].filter((text) => text !== '');
}

/**
 * Elements inside the eForms extensions of an element. A document may spread them over several
 * UBLExtension blocks, and other parties' blocks may stand between them.
 */
export function inExtension(from: XmlElement | null, ...path: string[]): XmlElement[] {
  return all(
    from,
    'ext:UBLExtensions',
    'ext:UBLExtension',
    'ext:ExtensionContent',
    'efext:EformsExtension',
    ...path,
  );
}

export function listNameOf(element: XmlElement | null): string | null {
  return element?.attributes.get('listName') || null;
}

/** Those whose code, a child of that name, comes from a certain code list. */
export function withList(elements: readonly XmlElement[], codeName: string, list: string): XmlElement[] {
  return elements.filter((element) => all(element, codeName).some((code) => listNameOf(code) === list));
}
