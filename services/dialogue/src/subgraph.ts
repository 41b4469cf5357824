import { DocumentResolver, documents } from '@samspill/documents';
import { eraseMailOf, mail } from '@samspill/mail';
import { marketInvited, procurementsJoined, tenderAnnounced } from '@samspill/messages';
import {
  entity,
  JoinedProcurement,
  type Service,
  type ServiceDefinition,
  type ServiceHost,
  startService,
} from '@samspill/subgraph';
import { DialogueCalendarLink } from './calendar/calendar-link.js';
import { CalendarLinkResolver, DialogueCalendarResolver } from './calendar/calendar-link.resolver.js';
import { calendarRoutes } from './calendar/calendar-routes.js';
import { ClosingResolver } from './closing/closing.resolver.js';
import { fillWithDemoDialogues } from './demo/demo.js';
import { Disclosure } from './disclosure/disclosure.js';
import { DisclosureResolver, LedgerResolver } from './disclosure/disclosure.resolver.js';
import {
  DialogueHearingResolver,
  HearingDocumentResolver,
  HearingPlaceResolver,
  HearingVersionResolver,
} from './hearing/hearing.resolver.js';
import { HearingDocument, HearingVersion } from './hearing/hearing-document.js';
import { DialogueDocumentResolver, dialogueDocuments } from './input/dialogue-document.resolver.js';
import { inputById } from './input/input.loader.js';
import { DialogueInputsResolver, InputAnswerResolver, MarketInputResolver } from './input/input.resolver.js';
import { InputAnswer, InputAttachmentRow, InputConclusion, TradeSecret } from './input/input-parts.js';
import { InputReceipt } from './input/input-receipt.js';
import { MarketInput } from './input/market-input.js';
import { AnnouncedTender } from './market-dialogue/announced-tender.js';
import { DialogueActivity } from './market-dialogue/dialogue-activity.js';
import { LeadDialogueResolver } from './market-dialogue/lead-dialogue.resolver.js';
import { MarketDialogue } from './market-dialogue/market-dialogue.js';
import { dialogueById } from './market-dialogue/market-dialogue.loader.js';
import { MarketDialogueResolver } from './market-dialogue/market-dialogue.resolver.js';
import { recordAnnouncedTender } from './market-dialogue/record-announced-tender.js';
import { recordInvitation } from './market-dialogue/record-invitation.js';
import { forgetMeetingPerson } from './meeting/forget-meeting-person.js';
import { Meeting } from './meeting/meeting.js';
import { meetingById, roundById } from './meeting/meeting.loader.js';
import { MeetingMinutesResolver, MeetingResolver } from './meeting/meeting.resolver.js';
import {
  DialogueMeetingsResolver,
  MeetingDrawResolver,
  MeetingLotResolver,
} from './meeting/meeting-draw.resolver.js';
import { MeetingLot } from './meeting/meeting-lot.js';
import { MeetingComment, MeetingMinutes, MeetingSecret } from './meeting/meeting-minutes.js';
import { MeetingRequest } from './meeting/meeting-request.js';
import { MeetingRound, MeetingSeed } from './meeting/meeting-round.js';
import { MeetingRoundResolver } from './meeting/meeting-round.resolver.js';
import { MeetingSlot } from './meeting/meeting-slot.js';
import { Municipality, MunicipalityResolver } from './municipality/municipality.js';
import { Need } from './need/need.js';
import { needById } from './need/need.loader.js';
import { NeedResolver } from './need/need.resolver.js';
import { NeedClarification } from './need/need-clarification.js';
import { NeedCourseResolver } from './need/need-course.resolver.js';
import { needsCatchUp } from './need/needs-catch-up.js';
import { NeedFindingResolver } from './need-finding/finding.resolver.js';
import { OverriddenFinding } from './need-finding/overridden-finding.js';
import { forgetFollower } from './need-following/follow-needs.js';
import { NeedFollowing } from './need-following/need-following.js';
import { NeedFollowingResolver } from './need-following/need-following.resolver.js';
import { stopFollowingRoutes } from './need-following/stop-following.js';
import { NeedJoining } from './need-joining/need-joining.js';
import {
  JoinedNeedResolver,
  JoiningMunicipalityResolver,
  NeedJoiningResolver,
} from './need-joining/need-joining.resolver.js';
import { forgetParticipant } from './participant/forget-participant.js';
import { Participant, ParticipantCount, ShownParticipant } from './participant/participant.js';
import { DialogueParticipantResolver, ParticipationResolver } from './participant/participant.resolver.js';
import { joinProcurements } from './procurement/join-procurements.js';
import { Procurement, ProcurementResolver } from './procurement/procurement.js';
import { DialogueQuestion } from './question/dialogue-question.js';
import { DialogueQuestionResolver } from './question/question.resolver.js';
import { DialogueSummary, SummaryAddition } from './summary/dialogue-summary.js';
import { SummarisedDialogueResolver, SummaryResolver } from './summary/summary.resolver.js';
import { summaryRoutes } from './summary/summary.route.js';
import { Tender, TenderResolver } from './tender/tender.js';
import { DialogueTimelineResolver } from './timeline/dialogue-timeline.resolver.js';

export const dialogue: ServiceDefinition = {
  name: 'dialogue',
  resolvers: [
    NeedResolver,
    NeedCourseResolver,
    NeedFindingResolver,
    NeedFollowingResolver,
    NeedJoiningResolver,
    JoinedNeedResolver,
    JoiningMunicipalityResolver,
    MarketDialogueResolver,
    LeadDialogueResolver,
    DialogueQuestionResolver,
    DialogueParticipantResolver,
    ParticipationResolver,
    MarketInputResolver,
    InputAnswerResolver,
    DialogueInputsResolver,
    DialogueDocumentResolver,
    HearingDocumentResolver,
    HearingVersionResolver,
    DialogueHearingResolver,
    HearingPlaceResolver,
    DocumentResolver,
    ProcurementResolver,
    DialogueTimelineResolver,
    TenderResolver,
    MunicipalityResolver,
    DisclosureResolver,
    LedgerResolver,
    ClosingResolver,
    SummaryResolver,
    SummarisedDialogueResolver,
    MeetingRoundResolver,
    MeetingDrawResolver,
    MeetingLotResolver,
    MeetingResolver,
    MeetingMinutesResolver,
    DialogueMeetingsResolver,
    CalendarLinkResolver,
    DialogueCalendarResolver,
  ],
  references: [
    entity(Need, (key: { id: string }, context) => needById(context, key.id)),
    entity(MarketDialogue, (key: { id: string }, context) => dialogueById(context, key.id)),
    entity(MarketInput, (key: { id: string }, context) => inputById(context, key.id)),
    entity(MeetingRound, (key: { id: string }, context) => roundById(context, key.id)),
    entity(Meeting, (key: { id: string }, context) => meetingById(context, key.id)),
    entity(Procurement),
    entity(Tender),
    entity(Municipality),
  ],
  entities: [
    Need,
    NeedClarification,
    OverriddenFinding,
    NeedFollowing,
    NeedJoining,
    MarketDialogue,
    DialogueActivity,
    AnnouncedTender,
    DialogueQuestion,
    Participant,
    ParticipantCount,
    ShownParticipant,
    MarketInput,
    InputAnswer,
    TradeSecret,
    InputReceipt,
    InputAttachmentRow,
    InputConclusion,
    HearingDocument,
    HearingVersion,
    JoinedProcurement,
    Disclosure,
    DialogueSummary,
    SummaryAddition,
    MeetingRound,
    MeetingSeed,
    MeetingSlot,
    MeetingRequest,
    MeetingLot,
    Meeting,
    MeetingMinutes,
    MeetingComment,
    MeetingSecret,
    DialogueCalendarLink,
  ],
  parts: [mail(), documents(dialogueDocuments)],
  routes: (store) => [...stopFollowingRoutes(store), ...summaryRoutes(), ...calendarRoutes(store)],
  migrations: new URL('../migrations/', import.meta.url),
  receive: async (store) => {
    const { bus } = store.host;
    await bus.receive('dialogue', marketInvited, (message) =>
      store.change('market-invited', async (change) => {
        await recordInvitation(change, message);
        await needsCatchUp(change, message.procurementId, store);
      }),
    );
    await bus.receive('dialogue', procurementsJoined, (message) =>
      store.change('procurements-joined', async (change) => {
        await joinProcurements(change, message);
        await needsCatchUp(change, message.into, store);
      }),
    );
    await bus.receive('dialogue', tenderAnnounced, (message) =>
      store.change('tender-announced', (change) => recordAnnouncedTender(store, change, message)),
    );
  },
  forgetPerson: async ({ em }, _store, personId) => {
    await forgetFollower(em, personId);
    await forgetMeetingPerson(em, personId);
    await forgetParticipant(em, personId);
    await eraseMailOf(em, 'dialogue', { personId });
  },
  demo: fillWithDemoDialogues,
};

export const startDialogue = (host: ServiceHost): Promise<Service> => startService(dialogue, host);
