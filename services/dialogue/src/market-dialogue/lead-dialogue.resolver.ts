import { Access, officers, RequestContext, toUserErrors } from '@samspill/subgraph';
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { setActivities } from './change-activities.js';
import {
  AnnounceMarketDialogueInput,
  CancelMarketDialogueInput,
  CreateMarketDialogueInput,
  DiscardMarketDialogueInput,
  ExtendMarketDialogueInput,
  MarketDialoguePayload,
  OpenMarketDialogueInput,
  UpdateMarketDialogueInput,
} from './dialogue.input.js';
import { SetDialogueActivitiesInput } from './dialogue-activity.input.js';
import type { GivenWords } from './dialogue-texts.js';
import { announceDialogue, cancelDialogue, extendDialogue, openDialogue } from './lead-dialogue.js';
import { MarketDialogue } from './market-dialogue.js';
import { DIALOGUE_LEADERS, demandDialogue, municipalityOfToday } from './market-dialogue.permission.js';
import { createDialogue, type DialogueChange, discardDialogue, updateDialogue } from './prepare-dialogue.js';

/** What procurement officers do with the dialogues of their municipality. */
@Resolver(() => MarketDialogue)
export class LeadDialogueResolver {
  @Access(officers(...DIALOGUE_LEADERS))
  @Mutation(() => MarketDialoguePayload, {
    description:
      'Begins a market dialogue (markedsdialog) as a draft. Only officers of the municipality see it until it is announced. Refused with TENDER_ANNOUNCED when the competition is announced already.',
  })
  async createMarketDialogue(
    @Ctx() context: RequestContext,
    @Arg('input', () => CreateMarketDialogueInput, { description: 'The dialogue.' })
    input: CreateMarketDialogueInput,
  ): Promise<MarketDialoguePayload> {
    const { store, actor } = context;
    const municipality = municipalityOfToday(actor, input.municipality);
    const numbers = actor.memberships.find((each) => each.municipality === municipality)?.numbers ?? [];
    const { needId, procurementId } = input;
    const draft = { ...given(input), needId, procurementId, municipality, numbers };
    return payload(context, await context.change((change) => createDialogue(store, change, draft)));
  }

  @Access(officers(...DIALOGUE_LEADERS))
  @Mutation(() => MarketDialoguePayload, {
    description:
      'Changes a market dialogue (markedsdialog) that is a draft; of one that is announced only the contact and the expected day of the competition.',
  })
  async updateMarketDialogue(
    @Ctx() context: RequestContext,
    @Arg('input', () => UpdateMarketDialogueInput, { description: 'What is to be different.' })
    input: UpdateMarketDialogueInput,
  ): Promise<MarketDialoguePayload> {
    await demandDialogue(context, input.id);
    const changes = { id: input.id, ...given(input) };
    return payload(context, await context.change((change) => updateDialogue(context.store, change, changes)));
  }

  @Access(officers(...DIALOGUE_LEADERS))
  @Mutation(() => MarketDialoguePayload, {
    description:
      'Sets the timetable of a market dialogue (aktiviteter): adds, changes and removes its activities in one go. Until the dialogue is closed.',
  })
  async setDialogueActivities(
    @Ctx() context: RequestContext,
    @Arg('input', () => SetDialogueActivitiesInput, { description: 'The timetable.' })
    input: SetDialogueActivitiesInput,
  ): Promise<MarketDialoguePayload> {
    await demandDialogue(context, input.id);
    return payload(context, await context.change((change) => setActivities(context.store, change, input)));
  }

  @Access(officers(...DIALOGUE_LEADERS))
  @Mutation(() => MarketDialoguePayload, {
    description: 'Throws a draft of a market dialogue away (forkast utkast).',
  })
  async discardMarketDialogue(
    @Ctx() context: RequestContext,
    @Arg('input', () => DiscardMarketDialogueInput, { description: 'Which draft.' })
    { id }: DiscardMarketDialogueInput,
  ): Promise<MarketDialoguePayload> {
    await demandDialogue(context, id);
    return payload(context, await context.change((change) => discardDialogue(context.store, change, id)));
  }

  @Access(officers(...DIALOGUE_LEADERS))
  @Mutation(() => MarketDialoguePayload, {
    description:
      'Announces a market dialogue (varsle): from now on everybody reads it and can join, and those who follow the need are told. Refused with TENDER_ANNOUNCED when the competition is announced already.',
  })
  async announceMarketDialogue(
    @Ctx() context: RequestContext,
    @Arg('input', () => AnnounceMarketDialogueInput, { description: 'Which draft.' })
    { id }: AnnounceMarketDialogueInput,
  ): Promise<MarketDialoguePayload> {
    await demandDialogue(context, id);
    return payload(context, await context.change((change) => announceDialogue(context.store, change, id)));
  }

  @Access(officers(...DIALOGUE_LEADERS))
  @Mutation(() => MarketDialoguePayload, {
    description:
      'Opens an announced market dialogue now (åpne), before the time that was set. Otherwise it opens by itself at that time. Refused with TENDER_ANNOUNCED when the competition is announced already.',
  })
  async openMarketDialogue(
    @Ctx() context: RequestContext,
    @Arg('input', () => OpenMarketDialogueInput, { description: 'Which dialogue.' })
    { id }: OpenMarketDialogueInput,
  ): Promise<MarketDialoguePayload> {
    await demandDialogue(context, id);
    return payload(context, await context.change((change) => openDialogue(context.store, change, id)));
  }

  @Access(officers(...DIALOGUE_LEADERS))
  @Mutation(() => MarketDialoguePayload, {
    description:
      'Sets a later deadline for answers (forleng fristen), also after the first one has passed, and tells all who take part.',
  })
  async extendMarketDialogue(
    @Ctx() context: RequestContext,
    @Arg('input', () => ExtendMarketDialogueInput, { description: 'The new deadline.' })
    input: ExtendMarketDialogueInput,
  ): Promise<MarketDialoguePayload> {
    await demandDialogue(context, input.id);
    return payload(context, await context.change((change) => extendDialogue(context.store, change, input)));
  }

  @Access(officers(...DIALOGUE_LEADERS))
  @Mutation(() => MarketDialoguePayload, {
    description:
      'Calls a market dialogue off (avlys), which closes it, and tells all who take part. As for closing, everything that was told to one must have been told to all (LEDGER_OPEN), every input have its outcome (INPUT_OPEN) and every meeting its minutes (MINUTES_MISSING).',
  })
  async cancelMarketDialogue(
    @Ctx() context: RequestContext,
    @Arg('input', () => CancelMarketDialogueInput, { description: 'Which dialogue, and why.' })
    input: CancelMarketDialogueInput,
  ): Promise<MarketDialoguePayload> {
    await demandDialogue(context, input.id);
    return payload(context, await context.change((change) => cancelDialogue(context.store, change, input)));
  }
}

/** The words alone, whatever else the input has. A contact of which a part is left out has no such part. */
function given(input: UpdateMarketDialogueInput | CreateMarketDialogueInput): GivenWords {
  const { title, description, opensAt, closesAt, expectedTenderDate, contact, ...more } = input;
  const { cpv, additionalCpv, nuts, url, language } = more;
  return {
    ...{ title, description, opensAt, closesAt, expectedTenderDate, cpv, additionalCpv, nuts, url, language },
    contact: contact && {
      name: contact.name ?? null,
      email: contact.email ?? null,
      telephone: contact.telephone ?? null,
    },
  };
}

function payload(context: RequestContext, result: DialogueChange): MarketDialoguePayload {
  if ('dialogue' in result) return { marketDialogue: result.dialogue, userErrors: [] };
  return { marketDialogue: null, userErrors: toUserErrors(result.mend, context) };
}
