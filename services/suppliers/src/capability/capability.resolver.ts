import {
  Access,
  AuditEntryConnection,
  auditTrailOf,
  type ConnectionOf,
  PageArgs,
  RequestContext,
  representatives,
  toUserErrors,
} from '@samspill/subgraph';
import { Arg, Args, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import {
  CapabilityPayload,
  CreateCapabilityInput,
  PublishCapabilityInput,
  RemoveCapabilityInput,
  RemoveCapabilityPayload,
  UpdateCapabilityInput,
} from './capability.input.js';
import { Capability } from './capability.js';
import { demandCapability, demandRepresentative } from './capability.permission.js';
import {
  type CapabilityChange,
  createCapability,
  publishCapability,
  removeCapability,
  updateCapability,
} from './change-capabilities.js';

@Resolver(() => Capability)
export class CapabilityResolver {
  @Access(representatives)
  @Mutation(() => CapabilityPayload, {
    description:
      'Writes down something that the supplier can deliver (kapabilitet), as a draft that only its own people see.',
  })
  async createCapability(
    @Ctx() context: RequestContext,
    @Arg('input', () => CreateCapabilityInput, { description: 'What, and of which supplier.' })
    input: CreateCapabilityInput,
  ): Promise<CapabilityPayload> {
    const { organisationNumber } = input;
    const supplier = { type: 'Supplier', id: `NO-BRC-${organisationNumber}` } as const;
    await demandRepresentative(context, organisationNumber, supplier);
    return payload(context, await context.change((change) => createCapability(change, input)));
  }

  @Access(representatives)
  @Mutation(() => CapabilityPayload, {
    description: 'Changes a capability (kapabilitet), draft or published.',
  })
  async updateCapability(
    @Ctx() context: RequestContext,
    @Arg('input', () => UpdateCapabilityInput, { description: 'What is to be different.' })
    input: UpdateCapabilityInput,
  ): Promise<CapabilityPayload> {
    await demandCapability(context, input.id);
    return payload(context, await context.change((change) => updateCapability(change, input)));
  }

  @Access(representatives)
  @Mutation(() => CapabilityPayload, {
    description: 'Publishes a draft of a capability (kapabilitet): from now on everybody sees it.',
  })
  async publishCapability(
    @Ctx() context: RequestContext,
    @Arg('input', () => PublishCapabilityInput, { description: 'Which draft.' })
    { id }: PublishCapabilityInput,
  ): Promise<CapabilityPayload> {
    await demandCapability(context, id);
    const { store } = context;
    return payload(context, await context.change((change) => publishCapability(store, change, id)));
  }

  @Access(representatives)
  @Mutation(() => RemoveCapabilityPayload, {
    description:
      'Removes a capability (kapabilitet), draft or published. The audit log keeps that it was there.',
  })
  async removeCapability(
    @Ctx() context: RequestContext,
    @Arg('input', () => RemoveCapabilityInput, { description: 'Which.' }) { id }: RemoveCapabilityInput,
  ): Promise<RemoveCapabilityPayload> {
    await demandCapability(context, id);
    await context.change((change) => removeCapability(change, id));
    return { removedId: id, userErrors: [] };
  }

  @Access(representatives)
  @FieldResolver(() => AuditEntryConnection, {
    nullable: true,
    description:
      'Who read the draft of this capability and who changed it, the newest first (revisjonsspor). Null when refused.',
  })
  async auditTrail(
    @Ctx() context: RequestContext,
    @Root() { id, organisationNumber }: Capability,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<ConnectionOf<object>> {
    const object = { type: 'Capability', id } as const;
    await demandRepresentative(context, organisationNumber, object, 'Capability.auditTrail');
    return auditTrailOf(context, object, page);
  }
}

function payload(context: RequestContext, result: CapabilityChange): CapabilityPayload {
  if ('capability' in result) return { capability: result.capability, userErrors: [] };
  return { capability: null, userErrors: toUserErrors([result.mend], context) };
}
