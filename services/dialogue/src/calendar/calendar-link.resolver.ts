import { Access, anyPerson, RequestContext, toUserErrors } from '@samspill/subgraph';
import { Arg, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import { MarketDialogue } from '../market-dialogue/market-dialogue.js';
import {
  CreateDialogueCalendarLinkInput,
  CreateDialogueCalendarLinkPayload,
  RevokeDialogueCalendarLinkInput,
  RevokeDialogueCalendarLinkPayload,
} from './calendar-link.input.js';
import { DialogueCalendarLink } from './calendar-link.js';
import { createCalendarLink, noSuchLink, revokeCalendarLink } from './change-calendar-links.js';

@Resolver(() => DialogueCalendarLink)
export class CalendarLinkResolver {
  @Access(anyPerson)
  @Query(() => [DialogueCalendarLink], {
    nullable: true,
    description:
      'Your own calendar addresses in market dialogues (kalenderlenker), the oldest first. Null when refused, or when the service does not answer.',
  })
  myDialogueCalendarLinks(@Ctx() context: RequestContext): Promise<DialogueCalendarLink[]> {
    const personId = context.actor.personId ?? '';
    return context.find(
      DialogueCalendarLink,
      { personId },
      { orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] },
    );
  }

  @Access(anyPerson)
  @Mutation(() => CreateDialogueCalendarLinkPayload, {
    description:
      'Makes an address under which a calendar programme finds the meetings that you have asked for (kalenderlenke).',
  })
  async createDialogueCalendarLink(
    @Ctx() context: RequestContext,
    @Arg('input', () => CreateDialogueCalendarLinkInput, { description: 'What to call it.' })
    { name }: CreateDialogueCalendarLinkInput,
  ): Promise<CreateDialogueCalendarLinkPayload> {
    const personId = context.actor.personId ?? '';
    const made = await context.change((change) =>
      createCalendarLink(context.store, change, { personId, name }),
    );
    if ('mend' in made)
      return { calendarLink: null, url: null, userErrors: toUserErrors(made.mend, context) };
    const url = context.store.links.to(`/calendar/mine/${made.token}.ics`);
    return { calendarLink: made.link, url, userErrors: [] };
  }

  @Access(anyPerson)
  @Mutation(() => RevokeDialogueCalendarLinkPayload, {
    description: 'Takes a calendar address back: whoever has it finds nothing there from now on.',
  })
  async revokeDialogueCalendarLink(
    @Ctx() context: RequestContext,
    @Arg('input', () => RevokeDialogueCalendarLinkInput, { description: 'Which one.' })
    { id }: RevokeDialogueCalendarLinkInput,
  ): Promise<RevokeDialogueCalendarLinkPayload> {
    const personId = context.actor.personId ?? '';
    const own = context.isPermissionChecked ? { id, personId } : { id };
    if (!(await context.em.fork().findOne(DialogueCalendarLink, own))) {
      const object = { type: 'DialogueCalendarLink', id };
      throw await context.refused(noSuchLink(), context.operation ?? 'unknown', object);
    }
    await context.change((change) => revokeCalendarLink(change, id));
    return { revokedId: id, userErrors: [] };
  }
}

/** What calendars add to the dialogue. */
@Resolver(() => MarketDialogue)
export class DialogueCalendarResolver {
  @FieldResolver(() => String, {
    nullable: true,
    description:
      'Address of a calendar (iCalendar) with the activities and deadlines of the dialogue, for everybody to subscribe to. Null while it is a draft.',
  })
  dialogueCalendarUrl(@Ctx() context: RequestContext, @Root() dialogue: MarketDialogue): string | null {
    if (dialogue.announcedAt === null) return null;
    return context.store.links.to(`/calendar/dialogues/${encodeURIComponent(dialogue.id)}.ics`);
  }
}
