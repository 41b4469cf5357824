import { EnvironmentError } from '@samspill/environment';
import { isPersonId, personIdOf } from '@samspill/identity';
import type { FirstAdministrator } from '@samspill/subgraph';
import { isMunicipalityNumber, isOrganisationNumber } from '@samspill/values';
import { z } from 'zod';

const place = {
  municipality: z.string().refine(isMunicipalityNumber, 'four digits, such as 3118'),
  organisation: z.string().refine(isOrganisationNumber, 'a valid organisation number, nine digits'),
  name: z.string().trim().min(1),
};

const administrators = z.array(
  z.union([
    z.strictObject({ ...place, personId: z.string().refine(isPersonId, 'as `me { personId }` shows it') }),
    z.strictObject({ ...place, issuer: z.string().min(1), subject: z.string().min(1) }),
  ]),
);

/**
 * Reads ADMINISTRATORS: who administers each municipality until its own administrators do.
 * @throws EnvironmentError saying what does not fit.
 */
export function administratorsOf(text: string | undefined): FirstAdministrator[] {
  if (text === undefined) return [];
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new EnvironmentError(`ADMINISTRATORS is not JSON. ${EXAMPLE}`);
  }
  const result = administrators.safeParse(json);
  if (!result.success) {
    const problems = result.error.issues.map(({ path, message }) => `  ${path.join('.')}: ${message}`);
    throw new EnvironmentError(`ADMINISTRATORS does not fit:\n${problems.join('\n')}\n${EXAMPLE}`);
  }
  return result.data.map(({ municipality, organisation, name, ...who }) => ({
    municipality,
    organisation,
    name,
    personId: 'personId' in who ? who.personId : personIdOf(who.issuer, who.subject),
  }));
}

const EXAMPLE =
  'It is a list such as [{"municipality":"3118","organisation":"920123899","personId":"<what me { personId } shows>","name":"Astrid Administrator"}]; "issuer" and "subject" (the claim sub) may stand instead of "personId".';
