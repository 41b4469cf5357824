import type { Persona } from '@samspill/identity';
import type { Machine } from './machines.js';

/** How Norway's log-ins write an organisation number: the scheme of the register of entities, and the number. */
const organisation = (number: string) => ({ authority: 'iso6523-actorid-upis', ID: `0192:${number}` });

/**
 * What Ansattporten says of a person, in the shape of its Altinn 3 resources. There is no `pid`: the real one may
 * send the national number, and nothing of ours is to learn to read it.
 */
export function personClaims({ organisation: actsFor }: Persona) {
  return {
    acr: 'high',
    ...(actsFor && {
      authorization_details: [
        {
          type: 'ansattporten:altinn:resource',
          resource: 'urn:altinn:resource:samspill',
          authorized_parties: [
            { orgno: organisation(actsFor.number), resource: 'samspill', name: actsFor.name },
          ],
        },
      ],
    }),
  };
}

/** What Maskinporten says of a machine: who runs it. Its scope and client id stand in every token already. */
export function machineClaims({ consumer }: Machine) {
  return { consumer: organisation(consumer) };
}
