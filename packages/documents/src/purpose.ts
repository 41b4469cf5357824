/** One use of documents in a service, such as an attachment to an input. */
export interface DocumentPurpose {
  /** As in `INPUT_ATTACHMENT`. */
  readonly name: string;
  /** What its documents may be; see {@link OFFICE_TYPES}. */
  readonly mediaTypes: readonly string[];
  /** In bytes. */
  readonly largest: number;
}

const OPEN_XML = 'application/vnd.openxmlformats-officedocument';

/** The types that we know by their content, and what their names end in. */
const EXTENSIONS = {
  'application/pdf': ['pdf'],
  [`${OPEN_XML}.wordprocessingml.document`]: ['docx'],
  [`${OPEN_XML}.spreadsheetml.sheet`]: ['xlsx'],
  [`${OPEN_XML}.presentationml.presentation`]: ['pptx'],
  'application/vnd.oasis.opendocument.text': ['odt'],
  'image/png': ['png'],
  'image/jpeg': ['jpg', 'jpeg'],
  'text/plain': ['txt'],
  'text/csv': ['csv'],
} as const satisfies Record<string, readonly string[]>;

/** What people write, calculate, show and photograph: PDF, Word, Excel, PowerPoint, OpenDocument text, PNG, JPEG, text and CSV. */
export const OFFICE_TYPES: readonly string[] = Object.keys(EXTENSIONS);

/** What names of this type end in, the usual one first; none for a type that we cannot tell by its content. */
export function extensionsOf(mediaType: string): readonly string[] {
  return (EXTENSIONS as Record<string, readonly string[]>)[mediaType] ?? [];
}

/** The type that a name says its document has; null for an ending that we do not know. */
export function typeByName(name: string): string | null {
  const extension = /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase();
  if (extension === undefined) return null;
  return OFFICE_TYPES.find((type) => extensionsOf(type).includes(extension)) ?? null;
}
