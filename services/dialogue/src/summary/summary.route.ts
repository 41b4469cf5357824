import { htmlResponse, pdfResponse, renderHtml, renderPdf } from '@samspill/pdf';
import { type Language, PublicError, type RouteCall, type ServiceRoute } from '@samspill/subgraph';
import { canonicalText } from './compose-summary.js';
import type { DialogueSummary } from './dialogue-summary.js';
import { type PrintedParts, printedSummary } from './printed-summary.js';
import { additionsTo, summaryOf } from './summary.loader.js';

type Format = 'html' | 'pdf' | 'json';

/** Where a summary is read, below the service's name. */
export const summaryPath = (dialogueId: string, format: Format): string =>
  `/summaries/${encodeURIComponent(dialogueId)}.${format}`;

/** The public summaries, on the screen, on paper, and as the very bytes whose hash is published. */
export function summaryRoutes(): ServiceRoute[] {
  return [
    route('html', async (call) => inItsLanguage(htmlResponse(renderHtml(await printed(call))), call)),
    route('pdf', async (call) => {
      const document = await printed(call);
      return inItsLanguage(pdfResponse(await renderPdf(document), document.title), call);
    }),
    route('json', async (call) => {
      const { content, sha256 } = await found(call);
      return new Response(canonicalText(content), {
        headers: {
          'content-type': 'application/json',
          etag: `"${sha256}"`,
          'x-content-type-options': 'nosniff',
        },
      });
    }),
  ];
}

const route = (format: Format, handle: ServiceRoute['handle']): ServiceRoute => ({
  methods: ['GET', 'HEAD'],
  path: `/summaries/:dialogueId.${format}`,
  handle,
});

async function found({ context, params }: RouteCall): Promise<DialogueSummary> {
  const summary = await summaryOf(context, params.dialogueId ?? '');
  if (!summary) throw noSuchSummary();
  return summary;
}

async function printed(call: RouteCall) {
  const { content, generatedAt, sha256 } = await found(call);
  const additions = await additionsTo(call.context, content.dialogue.id);
  const parts: PrintedParts = { content, additions, language: languageOf(call), generatedAt, sha256 };
  return printedSummary(parts);
}

/** The address itself may say which, so that a link can be given to somebody who reads another language. */
function languageOf({ url, context }: RouteCall): Language {
  const asked = url.searchParams.get('language');
  if (asked === null) return context.language;
  if (asked === 'nb' || asked === 'nn' || asked === 'en') return asked;
  throw PublicError.badInput(
    {
      nb: '«language» kan være nb, nn eller en.',
      nn: '«language» kan vere nb, nn eller en.',
      en: '"language" can be nb, nn or en.',
    },
    'language',
  );
}

function inItsLanguage(response: Response, call: RouteCall): Response {
  response.headers.set('content-language', languageOf(call));
  response.headers.append('vary', 'accept-language');
  return response;
}

function noSuchSummary(): PublicError {
  return new PublicError('NOT_FOUND', {
    nb: 'Det er ingen oppsummering her. Den kommer når markedsdialogen er lukket og oppsummert; se «marketDialogue { status }».',
    nn: 'Det er inga oppsummering her. Ho kjem når marknadsdialogen er lukka og oppsummert; sjå «marketDialogue { status }».',
    en: 'There is no summary here. It comes when the market dialogue has been closed and summarised; see "marketDialogue { status }".',
  });
}
