/** RFC 4180: quoted fields may hold commas, doubled quotes and line breaks. */
export function parseCsv(text: string): Record<string, string>[] {
  const rows: string[][] = [[]];
  let field = '';
  let quoted = false;
  const endField = () => {
    rows.at(-1)?.push(field);
    field = '';
  };
  for (let i = 0; i < text.length; i++) {
    const character = text[i];
    if (quoted && character === '"' && text[i + 1] === '"') field += text[++i];
    else if (character === '"') quoted = !quoted;
    else if (!quoted && character === ',') endField();
    else if (!quoted && character === '\n') {
      endField();
      rows.push([]);
    } else if (quoted || character !== '\r') field += character;
  }
  if (field !== '' || rows.at(-1)?.length) endField();
  const [header = [], ...records] = rows.filter((row) => row.length > 0);
  return records.map((record) => Object.fromEntries(header.map((name, i) => [name, record[i] ?? ''])));
}
