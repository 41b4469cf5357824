/** How long a link to a file lives: long enough to begin a download by it, too short to be passed around. */
export const DOWNLOAD_SECONDS = 5 * 60;

/** How long an upload may take, and how long a document may be attached to nothing. */
export const UPLOAD_SECONDS = 24 * 60 * 60;

export const downloadPath = (id: string): string => `/documents/${id}`;

export const uploadPath = (id: string): string => `/documents/uploads/${id}`;
