import { z } from 'zod';
import { defineMessage } from './message-type.js';

/**
 * Everything that services tell each other. A change here is a change of contract: add optional fields,
 * never rename or remove, because messages of the version before may still be waiting in the queue.
 */

const party = z.object({
  /** The organisation's id in the graph, such as `NO-BRC-923609016`. */
  id: z.string(),
  organisationNumber: z.string().nullable(),
  name: z.string(),
  country: z.string().nullable(),
  city: z.string().nullable(),
  postCode: z.string().nullable(),
  nuts: z.string().nullable(),
  website: z.string().nullable(),
  /** `micro`, `small`, `medium`, `sme` or `large`, when the notice says so. */
  size: z.string().nullable(),
});
export type PartyMessage = z.infer<typeof party>;

/** A notice names organisations that won a contract. Sent once for each notice. */
export const suppliersNamed = defineMessage(
  'suppliers-named',
  ['tenders'],
  ['suppliers'],
  z.object({
    noticeId: z.string(),
    /** When the notice was sent for publication; later notices know better than earlier ones. */
    dispatchedAt: z.iso.datetime(),
    suppliers: z.array(party),
  }),
);

/** A planning or consultation notice invites the market to a conversation. */
export const marketInvited = defineMessage(
  'market-invited',
  ['tenders'],
  ['dialogue'],
  z.object({
    /** The notice with its version, `<id>-<version>`. */
    noticeId: z.string(),
    /** The first notice of the chain, without its version: all corrections of one invitation share it. */
    invitationId: z.string(),
    version: z.string(),
    dispatchedAt: z.iso.datetime(),
    procurementId: z.string(),
    kind: z.enum(['planning', 'consultation']),
    title: z.string(),
    description: z.string().nullable(),
    language: z.string(),
    cpv: z.string().nullable(),
    additionalCpv: z.array(z.string()),
    nuts: z.array(z.string()),
    buyerId: z.string().nullable(),
    municipalityNumber: z.string().nullable(),
    contact: z
      .object({ name: z.string().nullable(), email: z.string().nullable(), telephone: z.string().nullable() })
      .nullable(),
    /** BT-800: when answers must be in. */
    answersDeadline: z.iso.datetime().nullable(),
    /** Where answers are sent, or where the documents are. */
    url: z.string().nullable(),
    /** BT-127: when the competition is expected. */
    plannedDate: z.iso.date().nullable(),
    /** BT-140 `cancel`: the notice takes the invitation back. Left out it does not. */
    cancelled: z.boolean().optional(),
  }),
);

/** Somebody started a chain: its identity is now known to the registrar, `tenders`. */
export const procurementStarted = defineMessage(
  'procurement-started',
  ['dialogue'],
  ['tenders'],
  z.object({ procurementId: z.string(), startedAt: z.iso.datetime() }),
);

/** Two chains turned out to be one: everything of `from` belongs to `into`. */
export const procurementsJoined = defineMessage(
  'procurements-joined',
  ['tenders'],
  ['dialogue', 'events'],
  z.object({ from: z.string(), into: z.string() }),
);

/** A competition is announced, or turns out not to be: what is said later overtakes. A market dialogue is lawful only before. */
export const tenderAnnounced = defineMessage(
  'tender-announced',
  ['tenders'],
  ['dialogue'],
  z.object({
    tenderId: z.string(),
    procurementId: z.string(),
    title: z.string(),
    /** When the notice that announces it was sent; null when no notice does any more. */
    announcedAt: z.iso.datetime().nullable(),
    /** Counts up with every message about this tender. */
    version: z.int(),
  }),
);

/** An officer says that two chains are one. The registrar joins them, and tells everybody. */
export const procurementsLinked = defineMessage(
  'procurements-linked',
  ['dialogue'],
  ['tenders'],
  z.object({
    from: z.string(),
    into: z.string(),
    at: z.iso.datetime(),
    /** Whose officer says so: nobody links their need to somebody else's competition. */
    municipality: z.string().nullable().optional(),
  }),
);

/** A person asks to be forgotten everywhere, as far as they act for themselves or a supplier. */
export const personForgotten = defineMessage(
  'person-forgotten',
  ['tenders'],
  ['tenders', 'suppliers', 'dialogue', 'events'],
  z.object({ personId: z.string() }),
  { isAboutPersons: true },
);

const membership = z.object({
  personId: z.string(),
  /** The number that the municipality has today. */
  municipality: z.string(),
  /** That one and those of all municipalities that have become part of it. */
  municipalityNumbers: z.array(z.string()),
  /** The organisation that the person has to act for to have the roles. */
  organisation: z.string(),
  /** All that the person has now; empty when the last one was revoked. */
  roles: z.array(z.string()),
  /** Counts up with every change of anybody's roles: what is said later overtakes, in whichever order it arrives. */
  version: z.int(),
});
export type MembershipMessage = z.infer<typeof membership>;

/** A person's roles in a municipality have changed. Says what they are now, so that a later one may overtake. */
export const membershipChanged = defineMessage(
  'membership-changed',
  ['tenders'],
  ['suppliers', 'dialogue', 'events'],
  membership,
  { isAboutPersons: true },
);

/** A municipality forgets a person: what they did for it stays, without the person. */
export const personErased = defineMessage(
  'person-erased',
  ['tenders'],
  ['tenders', 'suppliers', 'dialogue', 'events'],
  z.object({
    personId: z.string(),
    /** The municipality's number of today, and its organisation number. */
    municipality: z.string(),
    municipalityNumbers: z.array(z.string()),
    organisation: z.string(),
    /** As in `membership-changed`: roles that were granted afterwards stay. */
    version: z.int(),
  }),
  { isAboutPersons: true },
);

export const allMessageTypes = [
  suppliersNamed,
  marketInvited,
  procurementStarted,
  procurementsJoined,
  tenderAnnounced,
  procurementsLinked,
  membershipChanged,
  personErased,
  personForgotten,
] as const;
