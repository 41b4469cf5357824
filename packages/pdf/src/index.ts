export type { Block, PrintedDocument } from './document.js';
export { renderHtml } from './render-html.js';
export { renderPdf } from './render-pdf.js';
export { htmlResponse, pdfResponse } from './responses.js';
