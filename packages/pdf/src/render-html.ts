import { type Block, checkTable, type PrintedDocument } from './document.js';

const STYLE = `
:root { color-scheme: light; }
body { margin: 2rem auto; max-width: 50rem; padding: 0 1rem; color: #111; background: #fff;
  font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
body.landscape { max-width: 75rem; }
h1 { font-size: 1.75rem; line-height: 1.2; }
h2 { font-size: 1.25rem; line-height: 1.3; margin-top: 2rem; }
.small { font-size: .875rem; }
.space { height: 1.5rem; }
table { border-collapse: collapse; width: 100%; }
th, td { border: 1px solid #767676; padding: .4rem .6rem; text-align: left; vertical-align: top; }
th { background: #eee; }
@media print {
  body { margin: 0; max-width: none; padding: 0; font-size: 10.5pt; }
  h1, h2 { break-after: avoid; }
  tr { break-inside: avoid; }
  thead { display: table-header-group; }
}`;

/** The blocks as a complete page for screens, screen readers and printers; what is said is escaped, all of it. */
export function renderHtml(document: PrintedDocument): string {
  const { language, title, author, blocks, createdAt, orientation = 'portrait' } = document;
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="author" content="${escaped(author)}">
<meta name="date" content="${createdAt.toISOString()}">
<title>${escaped(title)}</title>
<style>${STYLE}
@page { size: A4 ${orientation}; margin: 2cm; }
</style>
</head>
<body class="${orientation}">
<main>
${blocks.map(toHtml).join('\n')}
</main>
</body>
</html>
`;
}

function toHtml(block: Block): string {
  switch (block.kind) {
    case 'title':
      return `<h1>${lines(block.text)}</h1>`;
    case 'heading':
      return `<h2>${lines(block.text)}</h2>`;
    case 'paragraph':
      return `<p>${lines(block.text)}</p>`;
    case 'small':
      return `<p class="small">${lines(block.text)}</p>`;
    case 'list':
      return `<ul>\n${block.items.map((item) => `<li>${lines(item)}</li>`).join('\n')}\n</ul>`;
    case 'table':
      return tableToHtml(block);
    case 'space':
      return '<div class="space"></div>';
  }
}

function tableToHtml(table: Extract<Block, { kind: 'table' }>): string {
  checkTable(table);
  const { columns, rows } = table;
  const head = columns.map((column) => `<th scope="col">${lines(column)}</th>`).join('');
  const body = rows.map((row) => {
    const cells = columns.map((_, place) => `<td>${lines(row[place] ?? '')}</td>`);
    return `<tr>${cells.join('')}</tr>`;
  });
  return `<table>\n<thead><tr>${head}</tr></thead>\n<tbody>\n${body.join('\n')}\n</tbody>\n</table>`;
}

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Control characters are nothing that HTML may contain, and nothing that anybody meant. */
function escaped(text: string): string {
  return text
    .replaceAll(/[^\P{Cc}\t\n]/gu, '')
    .replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}

const lines = (text: string): string => escaped(text.replaceAll(/\r\n?/g, '\n')).replaceAll('\n', '<br>');
