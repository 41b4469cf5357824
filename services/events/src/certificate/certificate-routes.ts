import { htmlResponse, pdfResponse, renderHtml, renderPdf } from '@samspill/pdf';
import { PublicError, type RouteCall, type ServiceRoute, type ServiceStore } from '@samspill/subgraph';
import { Attendee } from '../attendee/attendee.js';
import { placeOf } from '../calendar/calendar-entry.js';
import { printedCode, readCheckInCode } from '../check-in/code.js';
import { Event } from '../event/event.js';
import { Session } from '../event/session.js';
import { Registration } from '../registration/registration.js';
import { Certificate } from './certificate.js';
import { certificatePaper, checkPaper, hoursOf } from './certificate-paper.js';
import { entitles, issuedCertificate, isValid } from './certificates.js';

export function certificateRoutes(store: ServiceStore): ServiceRoute[] {
  return [
    { methods: ['GET'], path: '/certificates/:id.pdf', handle: (call) => certificate(store, call) },
    { methods: ['GET'], path: '/certificates/codes/:code', handle: (call) => check(store, call) },
  ];
}

/** For whoever has the link: who may have it was decided when it was given out, minutes ago. */
async function certificate(store: ServiceStore, { url, params, context }: RouteCall): Promise<Response> {
  store.links.verify(url);
  const em = store.as('system');
  const attendee = await em.findOne(Attendee, { id: params.id ?? '' });
  const event = attendee && (await em.findOne(Event, { id: attendee.eventId }));
  // Once more: a check-in may have been undone since, and names may have been erased.
  if (!attendee || !event || !entitles(attendee, event, context.clock.now())) throw noSuchCertificate();
  const registration = await em.findOne(Registration, { id: attendee.registrationId });
  const sessions = await em.find(Session, { event: event.id });
  const { code, issuedAt } = await issuedCertificate(store, attendee);
  const { title, organiser, startsAt, endsAt } = event;
  const paper = certificatePaper(
    {
      ...{ title, organiser, startsAt, endsAt, issuedAt },
      name: attendee.name ?? '',
      organisation: attendee.organisationName,
      place: placeOf(event),
      hours: hoursOf(event, sessions),
      code: printedCode(code),
      checkUrl: store.links.to(`/certificates/codes/${code}`),
    },
    registration?.language ?? event.language,
  );
  return pdfResponse(await renderPdf(paper), paper.title);
}

/** For people who hold the paper in their hands; machines ask `certificate(code)`. */
async function check(store: ServiceStore, { params, context }: RouteCall): Promise<Response> {
  const em = store.as('system');
  const code = readCheckInCode(params.code ?? '');
  const found = code === null ? null : await em.findOne(Certificate, { code });
  const event = found && (await em.findOne(Event, { id: found.eventId }));
  if (!found || !event) throw noSuchCertificate();
  const now = context.clock.now();
  const { title, organiser, startsAt, endsAt } = event;
  const valid = await isValid(em, found, now);
  const facts = { title, organiser, startsAt, endsAt, valid, code: printedCode(found.code) };
  return htmlResponse(renderHtml(checkPaper(facts, context.language, now)));
}

function noSuchCertificate(): PublicError {
  return new PublicError('NOT_FOUND', {
    nb: 'Det er ikke noe kursbevis her. Sjekk at koden er skrevet riktig, eller hent en ny lenke fra påmeldingen.',
    nn: 'Det er ikkje noko kursbevis her. Sjekk at koden er skriven rett, eller hent ei ny lenkje frå påmeldinga.',
    en: 'There is no certificate here. Check that the code is written correctly, or get a new link from the registration.',
  });
}
