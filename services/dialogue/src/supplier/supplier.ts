import { partyId } from '@samspill/values';
import { Directive, Field, ID, ObjectType } from 'type-graphql';

/** Only referred to; `suppliers` knows everything about it. */
@Directive('@key(fields: "id", resolvable: false)')
@ObjectType({
  description:
    'A supplier (leverandør): an organisation that has won a public contract or has registered in the region.',
})
export class Supplier {
  @Field(() => ID, {
    description:
      'Stable identifier in the style of org-id.guide, such as NO-BRC-923609016. Foreign suppliers, and those whose notice gives no valid number, have one too.',
  })
  id: string;

  static of(organisationNumber: string): Supplier {
    const id = partyId({ country: 'NOR', organisationNumber, rawIdentifier: null, name: '' });
    return Object.assign(new Supplier(), { id });
  }
}
