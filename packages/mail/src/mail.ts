import type { ServicePart } from '@samspill/subgraph';
import { mailboxRoutes } from './mailbox.js';
import { mailMigration } from './migration.js';
import { sendMail } from './send-mail.js';

/** Letters of a service: the table they wait in, the work that sends them, the mailbox where nothing is sent. */
export function mail(): ServicePart {
  return {
    migrations: (service) => [mailMigration(service)],
    routes: mailboxRoutes,
    work: sendMail,
  };
}
