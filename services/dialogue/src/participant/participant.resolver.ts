import { Access, RequestContext, representatives, toUserErrors } from '@samspill/subgraph';
import { Arg, Ctx, FieldResolver, Int, Mutation, Resolver, Root } from 'type-graphql';
import { MarketDialogue } from '../market-dialogue/market-dialogue.js';
import { demandRepresentative, dialogueToActOn } from '../market-dialogue/market-dialogue.permission.js';
import { Supplier } from '../supplier/supplier.js';
import {
  DialogueParticipant,
  DialogueParticipantPayload,
  JoinMarketDialogueInput,
  LeaveMarketDialogueInput,
} from './dialogue-participant.js';
import { joinDialogue, leaveDialogue, type ParticipantChange } from './join-dialogue.js';
import { participantCountOf, participantsFor } from './participant.loader.js';

@Resolver(() => DialogueParticipant)
export class DialogueParticipantResolver {
  @Access(representatives)
  @Mutation(() => DialogueParticipantPayload, {
    description:
      'Takes part in a market dialogue for an organisation (meld på), or says anew whom to reach there. Open to all on the same terms, as long as the dialogue goes on. Refused with TENDER_ANNOUNCED when the competition is announced.',
  })
  async joinMarketDialogue(
    @Ctx() context: RequestContext,
    @Arg('input', () => JoinMarketDialogueInput, { description: 'Which dialogue, and who.' })
    input: JoinMarketDialogueInput,
  ): Promise<DialogueParticipantPayload> {
    await demandOwn(context, input);
    const { personId } = context.actor;
    const joining = { ...input, personId, language: context.language };
    return payload(context, await context.change((change) => joinDialogue(context.store, change, joining)));
  }

  @Access(representatives)
  @Mutation(() => DialogueParticipantPayload, {
    description:
      'Takes no part in a market dialogue any more (meld av). Whom to reach is forgotten at once. Not while an input stands.',
  })
  async leaveMarketDialogue(
    @Ctx() context: RequestContext,
    @Arg('input', () => LeaveMarketDialogueInput, { description: 'Which dialogue, and who.' })
    input: LeaveMarketDialogueInput,
  ): Promise<DialogueParticipantPayload> {
    await demandOwn(context, input);
    return payload(context, await context.change((change) => leaveDialogue(context.store, change, input)));
  }

  @FieldResolver(() => Supplier, { description: 'The organisation as a supplier (leverandør).' })
  supplier(@Root() { organisationNumber }: DialogueParticipant): Supplier {
    return Supplier.of(organisationNumber);
  }
}

/** Who takes part in a dialogue. */
@Resolver(() => MarketDialogue)
export class ParticipationResolver {
  @FieldResolver(() => Int, {
    description: 'How many organisations take part now (antall deltakere).',
  })
  participantCount(@Ctx() context: RequestContext, @Root() dialogue: MarketDialogue): Promise<number> {
    return participantCountOf(context, dialogue.id);
  }

  @FieldResolver(() => [DialogueParticipant], {
    description:
      'Who takes part (deltakere), the first to join first. Officers of the municipality see all; an organisation sees itself; everybody sees all once the dialogue is summarised, so that nobody arranges with others before.',
  })
  participants(
    @Ctx() context: RequestContext,
    @Root() dialogue: MarketDialogue,
  ): Promise<DialogueParticipant[]> {
    return participantsFor(context, dialogue.id);
  }
}

async function demandOwn(
  context: RequestContext,
  { dialogueId, organisationNumber }: LeaveMarketDialogueInput,
): Promise<void> {
  const { id } = await dialogueToActOn(context, dialogueId);
  await demandRepresentative(context, organisationNumber, { type: 'MarketDialogue', id });
}

function payload(context: RequestContext, result: ParticipantChange): DialogueParticipantPayload {
  if ('mend' in result) {
    return { participant: null, marketDialogue: null, userErrors: toUserErrors(result.mend, context) };
  }
  const { participant, dialogue } = result;
  // By hand, because the entity is no type of the graph.
  const shown = participant && Object.assign(new DialogueParticipant(), whole(participant));
  return { participant: shown, marketDialogue: dialogue, userErrors: [] };
}

function whole(participant: DialogueParticipant): DialogueParticipant {
  const { id, organisationNumber, organisationName, joinedAt, contactName, contactEmail } = participant;
  return { id, organisationNumber, organisationName, joinedAt, contactName, contactEmail };
}
