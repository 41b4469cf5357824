import { marketInvited, procurementsJoined } from '@samspill/messages';
import {
  entity,
  type Service,
  type ServiceDefinition,
  type ServiceHost,
  startService,
} from '@samspill/subgraph';
import { fillWithDemoDialogues } from './demo/demo.js';
import { DialogueActivity } from './market-dialogue/dialogue-activity.js';
import { MarketDialogue } from './market-dialogue/market-dialogue.js';
import { dialogueById } from './market-dialogue/market-dialogue.loader.js';
import { MarketDialogueResolver } from './market-dialogue/market-dialogue.resolver.js';
import { recordInvitation } from './market-dialogue/record-invitation.js';
import { Municipality, MunicipalityResolver } from './municipality/municipality.js';
import { Need } from './need/need.js';
import { needById } from './need/need.loader.js';
import { NeedResolver } from './need/need.resolver.js';
import { JoinedProcurement, joinProcurements } from './procurement/joined-procurement.js';
import { Procurement, ProcurementResolver } from './procurement/procurement.js';
import { Tender, TenderResolver } from './tender/tender.js';

export const dialogue: ServiceDefinition = {
  name: 'dialogue',
  resolvers: [
    NeedResolver,
    MarketDialogueResolver,
    ProcurementResolver,
    TenderResolver,
    MunicipalityResolver,
  ],
  references: [
    entity(Need, (key: { id: string }, context) => needById(context, key.id)),
    entity(MarketDialogue, (key: { id: string }, context) => dialogueById(context, key.id)),
    entity(Procurement),
    entity(Tender),
    entity(Municipality),
  ],
  entities: [Need, MarketDialogue, DialogueActivity, JoinedProcurement],
  migrations: new URL('../migrations/', import.meta.url),
  receive: async (store) => {
    const { bus } = store.host;
    await bus.receive('dialogue', marketInvited, (message) =>
      store.change('market-invited', (change) => recordInvitation(change, message)),
    );
    await bus.receive('dialogue', procurementsJoined, (message) =>
      store.change('procurements-joined', (change) => joinProcurements(change, message)),
    );
  },
  demo: fillWithDemoDialogues,
};

export const startDialogue = (host: ServiceHost): Promise<Service> => startService(dialogue, host);
