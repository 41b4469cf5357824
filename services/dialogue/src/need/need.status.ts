/** How far a need has come. Its meaning in the graph stands where it is registered, in `need.ts`. */
export enum NeedStatus {
  DRAFT = 'DRAFT',
  PUBLISHED = 'PUBLISHED',
  IN_DIALOGUE = 'IN_DIALOGUE',
  IN_TENDER = 'IN_TENDER',
  CLOSED = 'CLOSED',
}

/** Why a need came to its end. */
export enum NeedClosedReason {
  MET = 'MET',
  WITHDRAWN = 'WITHDRAWN',
  MERGED = 'MERGED',
  OTHER = 'OTHER',
}
