/**
 * The generated part of a public summary, as data: what is frozen, hashed and kept. Times are texts in UTC, so that it
 * reads the same from the database as it was hashed. Language comes in only when somebody reads it.
 */
export interface SummaryContent {
  /** Counts up when what stands here is said differently; old summaries stay readable. */
  readonly version: 1;
  readonly dialogue: {
    readonly id: string;
    readonly title: string;
    readonly description: string | null;
    readonly municipalityNumber: string | null;
    readonly contact: string | null;
    readonly announcedAt: string | null;
    readonly opensAt: string | null;
    readonly closesAt: string | null;
    readonly closedAt: string | null;
    /** When and why it was called off; most are not. */
    readonly cancelledAt: string | null;
    readonly cancellationReason: string | null;
  };
  readonly need: {
    readonly title: string;
    readonly effect: string;
    readonly users: string;
    readonly successCriteria: readonly string[];
    readonly volume: string | null;
  } | null;
  readonly activities: readonly SummarisedActivity[];
  readonly questions: readonly string[];
  readonly participants: readonly SummarisedOrganisation[];
  readonly inputs: readonly SummarisedInput[];
  readonly comments: readonly SummarisedComment[];
  readonly rounds: readonly SummarisedRound[];
  readonly disclosures: readonly SummarisedDisclosure[];
}

export interface SummarisedOrganisation {
  readonly organisationNumber: string;
  readonly organisationName: string;
}

export interface SummarisedActivity {
  readonly type: string;
  readonly title: string;
  readonly startsAt: string | null;
  readonly endsAt: string | null;
  readonly place: string | null;
}

export interface SummarisedOutcome {
  readonly outcome: string;
  readonly explanation: string;
  readonly at: string;
}

interface FromSupplier extends SummarisedOrganisation {
  readonly number: number | null;
  readonly submittedAt: string;
  /** Whether something that the supplier calls a trade secret has been left out here. */
  readonly secretLeftOut: boolean;
  readonly outcome: SummarisedOutcome | null;
}

export interface SummarisedInput extends FromSupplier {
  readonly comment: string | null;
  readonly answers: readonly SummarisedAnswer[];
  readonly attachments: readonly { readonly name: string; readonly sha256: string }[];
}

export interface SummarisedAnswer {
  readonly question: string;
  /** A text, a number as text, or a choice; true and false for yes and no; null where nothing was answered. */
  readonly answer: string | boolean | null;
  readonly secretLeftOut: boolean;
}

export interface SummarisedComment extends FromSupplier {
  readonly document: string;
  readonly documentVersion: number;
  /** From 1, as people count. */
  readonly paragraph: number;
  readonly quote: string;
  readonly comment: string | null;
}

export interface SummarisedRound {
  readonly number: number;
  readonly title: string;
  readonly minutes: number;
  readonly seedCommitment: string;
  readonly seed: string | null;
  readonly drawnAt: string | null;
  readonly cancelledAt: string | null;
  readonly lot: readonly SummarisedLot[];
  readonly meetings: readonly SummarisedMeeting[];
}

export interface SummarisedLot extends SummarisedOrganisation {
  readonly position: number;
  readonly digest: string;
  readonly hadMeetingBefore: boolean;
}

export interface SummarisedMeeting extends SummarisedOrganisation {
  readonly startsAt: string;
  readonly endsAt: string;
  readonly cancelledAt: string | null;
}

export interface SummarisedDisclosure {
  readonly number: number;
  readonly text: string;
  readonly toldAt: string;
  /** Null when everybody was told at once. */
  readonly toldTo: SummarisedOrganisation | null;
  readonly channel: string;
  readonly publishedAt: string | null;
  /** The number of the entry that it corrects. */
  readonly corrects: number | null;
}
