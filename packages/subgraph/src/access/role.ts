import { registerEnumType } from 'type-graphql';

/** What an officer of a municipality may be trusted with. Granted by an administrator, and kept with its history. */
export enum Role {
  PROCUREMENT_OFFICER = 'PROCUREMENT_OFFICER',
  EVALUATOR = 'EVALUATOR',
  OPENER = 'OPENER',
  CONTRACT_MANAGER = 'CONTRACT_MANAGER',
  EVENT_HOST = 'EVENT_HOST',
  ADMINISTRATOR = 'ADMINISTRATOR',
}

registerEnumType(Role, {
  name: 'Role',
  description: 'What an officer of a municipality is trusted with.',
  valuesConfig: {
    PROCUREMENT_OFFICER: {
      description: 'Writes needs, leads market dialogues and competitions (innkjøper).',
    },
    EVALUATOR: { description: 'Scores bids, without knowing whose they are (evaluator).' },
    OPENER: { description: 'Opens bids after the deadline, together with another opener (åpner).' },
    CONTRACT_MANAGER: { description: 'Follows contracts up (kontraktsforvalter).' },
    EVENT_HOST: { description: 'Holds conferences, courses and meetings (arrangementsansvarlig).' },
    ADMINISTRATOR: {
      description: 'Grants and revokes roles in the municipality, and reads its audit trail (administrator).',
    },
  },
});
