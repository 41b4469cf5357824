import { procurementStarted, procurementsLinked } from '@samspill/messages';
import {
  entity,
  type Service,
  type ServiceDefinition,
  type ServiceHost,
  startService,
} from '@samspill/subgraph';
import { tellEarlierAnnouncements } from './announcement/tell-announcements.js';
import { Award, LotResult } from './award/award.js';
import { AwardResolver, LotResultResolver } from './award/award.resolver.js';
import { Buyer } from './buyer/buyer.js';
import { buyerById, buyerByNumber } from './buyer/buyer.loader.js';
import { BuyerResolver } from './buyer/buyer.resolver.js';
import { Contract } from './contract/contract.js';
import { ContractResolver } from './contract/contract.resolver.js';
import { importDemoNotices } from './demo/demo.js';
import { appointPersonas } from './demo/personas.js';
import { ImportResolver } from './import/import.resolver.js';
import { MarketDialogue, MarketDialogueResolver } from './market-dialogue/market-dialogue.js';
import { ForgetMeResolver } from './me/forget-me.js';
import { MeResolver, MyMembershipResolver } from './me/me.js';
import { appointFirstAdministrators } from './member/first-administrators.js';
import { Member, RoleGrant } from './member/member.js';
import { MemberResolver, RoleGrantResolver } from './member/member.resolver.js';
import { Municipality, MunicipalitySuccession } from './municipality/municipality.js';
import { municipalityHistory } from './municipality/municipality.loader.js';
import { MunicipalityResolver } from './municipality/municipality.resolver.js';
import { Notice } from './notice/notice.js';
import { noticeById } from './notice/notice.loader.js';
import { NoticeResolver } from './notice/notice.resolver.js';
import { linkProcurements } from './procurement/link-procurements.js';
import { Procurement, ProcurementKey } from './procurement/procurement.js';
import { ProcurementResolver } from './procurement/procurement.resolver.js';
import { registerProcurement } from './procurement/register-procurement.js';
import { Supplier, SupplierResolver } from './supplier/supplier.js';
import { Criterion, Lot } from './tender/lot.js';
import { Tender } from './tender/tender.js';
import { tenderById } from './tender/tender.loader.js';
import { LotResolver, TenderResolver } from './tender/tender.resolver.js';
import { ProcurementTimelineResolver, TimelineEntryResolver } from './timeline/timeline.resolver.js';

export const tenders: ServiceDefinition = {
  name: 'tenders',
  resolvers: [
    TenderResolver,
    LotResolver,
    NoticeResolver,
    BuyerResolver,
    MunicipalityResolver,
    ProcurementResolver,
    ProcurementTimelineResolver,
    TimelineEntryResolver,
    AwardResolver,
    LotResultResolver,
    ContractResolver,
    SupplierResolver,
    MarketDialogueResolver,
    ImportResolver,
    MeResolver,
    ForgetMeResolver,
    MyMembershipResolver,
    MemberResolver,
    RoleGrantResolver,
  ],
  references: [
    entity(Tender, (key: { id: string }, context) => tenderById(context, key.id)),
    entity(Notice, (key: { id: string }, context) => noticeById(context, key.id)),
    entity(Buyer, (key: { id?: string; organisationNumber?: string }, context) =>
      key.id ? buyerById(context, key.id) : buyerByNumber(context, String(key.organisationNumber)),
    ),
    entity(Municipality, async (key: { number: string }, context) =>
      (await municipalityHistory(context)).get(key.number),
    ),
    entity(Procurement),
    entity(Supplier),
    entity(MarketDialogue),
  ],
  entities: [
    Municipality,
    MunicipalitySuccession,
    Buyer,
    Procurement,
    ProcurementKey,
    Notice,
    Tender,
    Lot,
    Criterion,
    Award,
    LotResult,
    Contract,
    Member,
    RoleGrant,
  ],
  migrations: new URL('../migrations/', import.meta.url),
  receive: async (store) => {
    const { bus } = store.host;
    await bus.receive('tenders', procurementStarted, (message) =>
      store.change('procurement-started', (change) => registerProcurement(change, message)),
    );
    await bus.receive('tenders', procurementsLinked, (message) =>
      store.change('procurements-linked', (change) => linkProcurements(store, change, message)),
    );
  },
  prepare: async (store) => {
    await appointFirstAdministrators(store);
    await tellEarlierAnnouncements(store);
  },
  demo: async (store) => {
    await importDemoNotices(store);
    await appointPersonas(store);
  },
};

export const startTenders = (host: ServiceHost): Promise<Service> => startService(tenders, host);
