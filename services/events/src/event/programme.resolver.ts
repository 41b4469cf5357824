import { Access, officers, RequestContext, toUserErrors } from '@samspill/subgraph';
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { addSession, type ProgrammeChange, removeSession, updateSession } from './change-programme.js';
import { demandEvent, demandSession, EVENT_HOSTS } from './event.permission.js';
import { unlessUndone } from './event-to-change.js';
import { AddSessionInput, RemoveSessionInput, SessionPayload, UpdateSessionInput } from './session.input.js';

/** What hosts do with the programmes of their events. */
@Resolver()
export class ProgrammeResolver {
  @Access(officers(...EVENT_HOSTS))
  @Mutation(() => SessionPayload, {
    description:
      'Puts an item into the programme of an event (ny programpost), before or after it is published.',
  })
  async addSession(
    @Ctx() context: RequestContext,
    @Arg('input', () => AddSessionInput, { description: 'The item.' }) input: AddSessionInput,
  ): Promise<SessionPayload> {
    await demandEvent(context, input.eventId);
    return payload(context, await context.change((change) => addSession(context.store, change, input)));
  }

  @Access(officers(...EVENT_HOSTS))
  @Mutation(() => SessionPayload, {
    description: 'Changes an item of the programme of an event (endre programpost).',
  })
  async updateSession(
    @Ctx() context: RequestContext,
    @Arg('input', () => UpdateSessionInput, { description: 'What is to be different.' })
    input: UpdateSessionInput,
  ): Promise<SessionPayload> {
    await demandSession(context, input.id);
    const change = context.change((each) => updateSession(context.store, each, input));
    return payload(context, await unlessUndone(change));
  }

  @Access(officers(...EVENT_HOSTS))
  @Mutation(() => SessionPayload, {
    description:
      'Takes an item out of the programme of an event (fjern programpost), unless somebody has chosen it.',
  })
  async removeSession(
    @Ctx() context: RequestContext,
    @Arg('input', () => RemoveSessionInput, { description: 'Which item.' }) { id }: RemoveSessionInput,
  ): Promise<SessionPayload> {
    await demandSession(context, id);
    const change = context.change((each) => removeSession(context.store, each, id));
    return payload(context, await unlessUndone(change));
  }
}

function payload(context: RequestContext, result: ProgrammeChange): SessionPayload {
  if ('mend' in result) return { session: null, event: null, userErrors: toUserErrors(result.mend, context) };
  return { ...result, userErrors: [] };
}
