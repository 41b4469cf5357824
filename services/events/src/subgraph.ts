import { DocumentResolver } from '@samspill/documents';
import { mail } from '@samspill/mail';
import { procurementsJoined } from '@samspill/messages';
import {
  entity,
  JoinedProcurement,
  type Service,
  type ServiceDefinition,
  type ServiceHost,
  startService,
} from '@samspill/subgraph';
import { Attendee } from './attendee/attendee.js';
import { AttendeeResolver } from './attendee/attendee.resolver.js';
import { SessionSeat } from './attendee/session-seat.js';
import {
  CalendarLinkResolver,
  DialogueCalendarResolver,
  EventCalendarResolver,
  MunicipalityCalendarResolver,
} from './calendar/calendar.resolver.js';
import { CalendarLink } from './calendar/calendar-link.js';
import { calendarRoutes } from './calendar/calendar-routes.js';
import { Certificate } from './certificate/certificate.js';
import { CertificateResolver } from './certificate/certificate.resolver.js';
import { certificateRoutes } from './certificate/certificate-routes.js';
import { CheckInResolver, EventAttendanceResolver } from './check-in/check-in.resolver.js';
import { fillWithDemoEvents } from './demo/demo.js';
import { Event } from './event/event.js';
import { eventById } from './event/event.loader.js';
import { EventResolver, VenueResolver } from './event/event.resolver.js';
import { EventChangesResolver } from './event/event-changes.resolver.js';
import { ProgrammeResolver } from './event/programme.resolver.js';
import { Session } from './event/session.js';
import { MarketDialogue, MarketDialogueResolver } from './market-dialogue/market-dialogue.js';
import { Material } from './material/material.js';
import { EventMaterialResolver, MaterialResolver } from './material/material.resolver.js';
import { materialDocuments } from './material/material-documents.js';
import { Municipality, MunicipalityResolver } from './municipality/municipality.js';
import { erasingAfterEvents } from './personal-data/erase-after-events.js';
import { forgetPerson } from './personal-data/forget-person.js';
import { joinProcurements } from './procurement/join-procurements.js';
import { Procurement, ProcurementResolver } from './procurement/procurement.js';
import { EventRegistrationsResolver } from './registration/event-registrations.resolver.js';
import { passOnWork } from './registration/pass-on-work.js';
import { Registration } from './registration/registration.js';
import { RegistrationResolver } from './registration/registration.resolver.js';
import { RegistrationFieldsResolver } from './registration/registration-fields.resolver.js';
import { Tender, TenderResolver } from './tender/tender.js';
import { EventsTimelineResolver } from './timeline/events-timeline.js';

export const events: ServiceDefinition = {
  name: 'events',
  resolvers: [
    EventResolver,
    EventChangesResolver,
    ProgrammeResolver,
    VenueResolver,
    MaterialResolver,
    EventMaterialResolver,
    CertificateResolver,
    RegistrationResolver,
    RegistrationFieldsResolver,
    EventRegistrationsResolver,
    AttendeeResolver,
    CheckInResolver,
    EventAttendanceResolver,
    CalendarLinkResolver,
    EventCalendarResolver,
    DialogueCalendarResolver,
    MunicipalityCalendarResolver,
    DocumentResolver,
    MarketDialogueResolver,
    TenderResolver,
    ProcurementResolver,
    EventsTimelineResolver,
    MunicipalityResolver,
  ],
  references: [
    entity(Event, (key: { id: string }, context) => eventById(context, key.id)),
    entity(MarketDialogue),
    entity(Tender),
    entity(Procurement),
    entity(Municipality),
  ],
  entities: [
    Event,
    Session,
    Material,
    Certificate,
    CalendarLink,
    Registration,
    Attendee,
    SessionSeat,
    JoinedProcurement,
  ],
  migrations: new URL('../migrations/', import.meta.url),
  parts: [
    materialDocuments,
    mail(),
    { routes: calendarRoutes },
    { routes: certificateRoutes },
    { work: passOnWork },
    { work: erasingAfterEvents, forgetPerson },
  ],
  receive: (store) =>
    store.host.bus.receive('events', procurementsJoined, (message) =>
      store.change('procurements-joined', (change) => joinProcurements(change, message)),
    ),
  demo: fillWithDemoEvents,
};

export const startEvents = (host: ServiceHost): Promise<Service> => startService(events, host);
