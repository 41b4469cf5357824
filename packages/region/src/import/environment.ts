import { commonEnvironment } from '@samspill/environment';
import { scopes } from '@samspill/identity';
import { z } from 'zod';

const text = z.string().optional();

/** What the import understands besides. */
export const importEnvironment = commonEnvironment
  .extend({
    MASKINPORTEN_CLIENT_ID: text.describe('The client at Maskinporten that sends the notices'),
    MASKINPORTEN_KEY_FILE: text.describe(
      'The file with the private key of that client, a JWK with the kid under which its public half is registered',
    ),
    MASKINPORTEN_ISSUER: z.url().default('https://maskinporten.no/').describe('The address of Maskinporten'),
    MASKINPORTEN_RESOURCE: text.describe(
      'Whom the token is for: the audience that the region expects of Maskinporten’s tokens',
    ),
    MASKINPORTEN_SCOPE: z
      .string()
      .default(scopes.importNotices)
      .describe('The scope to ask for; at the real Maskinporten it has a prefix of its owner’s'),
  })
  .superRefine((environment, context) => {
    // Half of it set would be another way than meant, and a refusal that nobody understands.
    const together = ['MASKINPORTEN_CLIENT_ID', 'MASKINPORTEN_KEY_FILE', 'MASKINPORTEN_RESOURCE'] as const;
    const set = together.filter((name) => environment[name] !== undefined);
    if (set.length === 0 || set.length === together.length) return;
    for (const name of together.filter((each) => !set.includes(each))) {
      context.addIssue({ code: 'custom', path: [name], message: `Missing beside ${set.join(' and ')}` });
    }
  });

export type ImportEnvironment = z.infer<typeof importEnvironment>;
