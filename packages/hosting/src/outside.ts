import { join } from 'node:path';
import { clamd } from '@samspill/documents';
import { EnvironmentError, givenOrDevelopmentKey } from '@samspill/environment';
import type { HostOptions } from './host.js';

interface Environment {
  readonly DATA_DIR: string;
  readonly NODE_ENV?: string | undefined;
  readonly LINK_KEY?: string | undefined;
  readonly DOCUMENTS_DIR?: string | undefined;
  readonly S3_BUCKET?: string | undefined;
  readonly S3_REGION: string;
  readonly S3_ENDPOINT?: string | undefined;
  readonly S3_ACCESS_KEY_ID?: string | undefined;
  readonly S3_SECRET_ACCESS_KEY?: string | undefined;
  readonly CLAMD?: string | undefined;
  readonly SMTP_URL?: string | undefined;
  readonly MAIL_FROM: string;
}

/** What services need of the world outside: where documents lie, how mail leaves, how links are signed. */
export function outsideOf(
  environment: Environment,
): Required<Pick<HostOptions, 'linkKey' | 'files'>> & Pick<HostOptions, 'mail' | 'scan'> {
  const { LINK_KEY: value, SMTP_URL, MAIL_FROM, CLAMD } = environment;
  return {
    linkKey: givenOrDevelopmentKey(environment, { value, variable: 'LINK_KEY', name: 'links' }),
    files: filesOf(environment),
    scan: CLAMD === undefined ? undefined : clamd(CLAMD),
    mail: SMTP_URL ? { smtpUrl: SMTP_URL, from: MAIL_FROM } : undefined,
  };
}

/** @throws EnvironmentError where a bucket is named without whoever may write to it. */
function filesOf(environment: Environment): NonNullable<HostOptions['files']> {
  const { S3_BUCKET, S3_REGION, S3_ENDPOINT, S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY } = environment;
  if (!S3_BUCKET) {
    return {
      kind: 'folder',
      path: environment.DOCUMENTS_DIR ?? join(environment.DATA_DIR, 'documents'),
    };
  }
  if (!S3_ACCESS_KEY_ID || !S3_SECRET_ACCESS_KEY) {
    throw new EnvironmentError('S3_BUCKET needs S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY beside it.');
  }
  return {
    kind: 's3',
    bucket: S3_BUCKET,
    region: S3_REGION,
    endpoint: S3_ENDPOINT,
    accessKeyId: S3_ACCESS_KEY_ID,
    secretAccessKey: S3_SECRET_ACCESS_KEY,
  };
}
