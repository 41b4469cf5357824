import { DateTimeScalar, inLanguage, type Language } from '@samspill/subgraph';
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import type { Finding } from './finding.js';
import type { OverriddenFinding } from './overridden-finding.js';

export enum NeedFindingCategory {
  BRAND = 'BRAND',
  PRODUCT = 'PRODUCT',
  SOLUTION = 'SOLUTION',
  SPECIFICATION = 'SPECIFICATION',
  MEASUREMENTS = 'MEASUREMENTS',
  MODEL_NUMBER = 'MODEL_NUMBER',
}

registerEnumType(NeedFindingCategory, {
  name: 'NeedFindingCategory',
  description: 'In which way a need (behov) seems to say how instead of what.',
  valuesConfig: {
    BRAND: { description: 'A brand or trade name (merkenavn).' },
    PRODUCT: { description: 'A kind of product (produkt), such as a tablet.' },
    SOLUTION: { description: 'A word for a solution (løsningsord), such as app or platform.' },
    SPECIFICATION: {
      description: 'A turn of phrase that specifications have (kravspråk), such as "or equivalent".',
    },
    MEASUREMENTS: { description: 'Several measurements in one sentence (mål).' },
    MODEL_NUMBER: { description: 'What looks like a model number (modellnummer).' },
  },
});

export enum NeedTextField {
  title = 'title',
  effect = 'effect',
  users = 'users',
  constraints = 'constraints',
  successCriteria = 'successCriteria',
  volume = 'volume',
}

registerEnumType(NeedTextField, {
  name: 'NeedTextField',
  description: 'A text of a need (behov), by the name of its field.',
  valuesConfig: {
    title: { description: 'The name of the need (tittel).' },
    effect: { description: 'The effect wanted (ønsket effekt).' },
    users: { description: 'Who will use it or notice it (brukere).' },
    constraints: { description: 'What must hold, whatever the solution (rammer).' },
    successCriteria: { description: 'How one will see that it is met (suksesskriterier).' },
    volume: { description: 'How much it is about (omfang).' },
  },
});

@ObjectType({ description: 'That somebody let a finding stand, and why (overstyring).' })
export class FindingOverride {
  @Field(() => String, { description: 'Why it may stand, in the municipality’s words.' })
  reason: string;

  @Field(() => DateTimeScalar, { description: 'When that was said.' })
  at: Date;
}

@ObjectType({
  description:
    'Something in a need that seems to say how instead of what (funn). Advice, found by a list of words and turns of phrase: mend the text, or let it stand with a reason.',
})
export class NeedFinding {
  @Field(() => ID, { description: 'The same as long as the same words stand in the same field.' })
  id: string;

  @Field(() => NeedFindingCategory, { description: 'In which way.' })
  category: NeedFindingCategory;

  @Field(() => NeedTextField, { description: 'In which text.' })
  field: NeedTextField;

  @Field(() => Int, {
    nullable: true,
    description: 'Which element of a list, from 0; null for a text that stands alone.',
  })
  index: number | null;

  @Field(() => Int, { description: 'Where in that text it begins, in characters (UTF-16) from 0.' })
  start: number;

  @Field(() => Int, { description: 'Where in that text it ends: the character after it.' })
  end: number;

  @Field(() => String, { description: 'What was found, as it stands there.' })
  matched: string;

  @Field(() => String, { description: 'The same with some words around it.' })
  excerpt: string;

  @Field(() => String, { description: 'Why it is worth a thought, in the reader’s language.' })
  why: string;

  @Field(() => String, { description: 'What could stand there instead, in the reader’s language.' })
  suggestion: string;

  @Field(() => FindingOverride, {
    nullable: true,
    description: 'That it may stand all the same, and why. Null while nobody has said so.',
  })
  override: FindingOverride | null;
}

/** A finding as one reader sees it. */
export function toNeedFinding(
  { why, suggestion, category, field, ...rest }: Finding,
  language: Language,
  override?: OverriddenFinding,
): NeedFinding {
  return {
    ...rest,
    category: category as NeedFindingCategory,
    field: field as NeedTextField,
    why: inLanguage(why, language),
    suggestion: inLanguage(suggestion, language),
    override: override ? { reason: override.reason, at: override.overriddenAt } : null,
  };
}
