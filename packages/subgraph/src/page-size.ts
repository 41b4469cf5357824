/** The most that one page may hold. More is refused, never silently cut. */
export const LARGEST_PAGE = 200;

/** What a page holds when it is asked for neither `first` nor `last`. */
export const DEFAULT_PAGE = 20;
