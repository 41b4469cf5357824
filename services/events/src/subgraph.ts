import { procurementsJoined } from '@samspill/messages';
import {
  entity,
  type Service,
  type ServiceDefinition,
  type ServiceHost,
  startService,
} from '@samspill/subgraph';
import { fillWithDemoEvents } from './demo/demo.js';
import { Event } from './event/event.js';
import { eventById } from './event/event.loader.js';
import { EventResolver, VenueResolver } from './event/event.resolver.js';
import { Session } from './event/session.js';
import { MarketDialogue, MarketDialogueResolver } from './market-dialogue/market-dialogue.js';
import { Municipality, MunicipalityResolver } from './municipality/municipality.js';
import { JoinedProcurement, joinProcurements } from './procurement/joined-procurement.js';
import { Procurement, ProcurementResolver } from './procurement/procurement.js';
import { Tender, TenderResolver } from './tender/tender.js';

export const events: ServiceDefinition = {
  name: 'events',
  resolvers: [
    EventResolver,
    VenueResolver,
    MarketDialogueResolver,
    TenderResolver,
    ProcurementResolver,
    MunicipalityResolver,
  ],
  references: [
    entity(Event, (key: { id: string }, context) => eventById(context, key.id)),
    entity(MarketDialogue),
    entity(Tender),
    entity(Procurement),
    entity(Municipality),
  ],
  entities: [Event, Session, JoinedProcurement],
  migrations: new URL('../migrations/', import.meta.url),
  receive: (store) =>
    store.host.bus.receive('events', procurementsJoined, (message) =>
      store.change('procurements-joined', (change) => joinProcurements(change, message)),
    ),
  demo: fillWithDemoEvents,
};

export const startEvents = (host: ServiceHost): Promise<Service> => startService(events, host);
