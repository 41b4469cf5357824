/** A PDF as an answer, under a name that is safe whatever it was. */
export function pdfResponse(bytes: Uint8Array, name: string): Response {
  const full = `${plain(name).replace(/\.pdf$/i, '') || 'dokument'}.pdf`;
  const ascii = full.replaceAll(/[^\x20-\x7e]/g, '_').replaceAll(/["\\%]/g, '_');
  const encoded = encodeURIComponent(full).replaceAll(
    /['()*!]/g,
    (each) => `%${each.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return new Response(new Uint8Array(bytes), {
    headers: {
      'content-type': 'application/pdf',
      'content-disposition': `inline; filename="${ascii}"; filename*=UTF-8''${encoded}`,
      'content-security-policy': "default-src 'none'; sandbox; frame-ancestors 'none'",
      ...COMMON,
    },
  });
}

/** A page as an answer, which may show itself and do nothing else. */
export function htmlResponse(html: string): Response {
  return new Response(html, {
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy':
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
      ...COMMON,
    },
  });
}

const COMMON = {
  'cache-control': 'private, no-cache',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
};

/** Neither folders nor what a header or a file system could take for something else. */
function plain(name: string): string {
  return name
    .normalize('NFC')
    .replaceAll(/[\p{C}\u2028\u2029]+/gu, ' ')
    .replaceAll(/[/\\:*?"<>|]+/g, '-')
    .trim()
    .slice(0, 120)
    .trim();
}
