import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dialogue } from '@samspill/dialogue';
import { events } from '@samspill/events';
import {
  type CachingOptions,
  type GatewayOptions,
  inProcess,
  inProcessChanges,
  inProcessRoutes,
  type RunningGateway,
  startGateway,
} from '@samspill/gateway';
import { type Host, type HostOptions, keepCheckpoints, openHost } from '@samspill/hosting';
import { type Service, type ServiceDefinition, type Stop, startService } from '@samspill/subgraph';
import { suppliers } from '@samspill/suppliers';
import { tenders } from '@samspill/tenders';

export const definitions: readonly ServiceDefinition[] = [tenders, suppliers, dialogue, events];

export interface ServicesOptions extends HostOptions {
  /** Whether demo data is filled in, once; beside real data, if there is some. */
  demo: boolean;
  /** Told what is being done, for whoever waits. */
  progress?: (step: string) => void;
}

/** All four services in this process, with nothing in front of them. */
export interface Services {
  readonly host: Host;
  readonly services: readonly Service[];
  close(): Promise<void>;
}

export async function openServices(options: ServicesOptions): Promise<Services> {
  const { progress = () => undefined } = options;
  progress('Opening the database');
  const host = await openHost(options);
  try {
    progress('Starting the services');
    const services: Service[] = [];
    for (const definition of definitions) services.push(await startService(definition, host));
    if (options.demo) {
      progress('Filling in demo data');
      for (const service of services) await service.fillWithDemoData();
      await settled(host);
    }
    return { host, services, close: () => host.close() };
  } catch (error) {
    await host.close();
    throw error;
  }
}

export interface RegionOptions
  extends ServicesOptions,
    Pick<
      GatewayOptions,
      'identify' | 'issuers' | 'protection' | 'hideSchemaDetails' | 'execution' | 'shareInFlight'
    > {
  /** How much is kept of answers to the public. @default {} as the gateway finds fit */
  caching?: Pick<CachingOptions, 'maxBytes' | 'defaultMaxAge' | 'redisUrl'>;
  host: string;
  /** 0 lets the system choose. */
  port: number;
  introspection: boolean;
  playground: boolean;
  /**
   * Signs the checkpoints of the audit log, 32 bytes.
   * @default none: the log is chained, and nobody signs where it stands
   */
  auditKey?: Uint8Array;
  /**
   * How loudly the log says what was signed.
   * @default 'info'
   */
  checkpointLevel?: 'info' | 'debug';
  /**
   * Whether mails are sent and seats are passed on. A test that counts statements wants none but its own.
   * @default true
   */
  work?: boolean;
}

/** The whole region in one process: four services in memory behind one gateway. */
export interface Region extends Services {
  readonly gateway: RunningGateway;
}

export async function startRegion(options: RegionOptions): Promise<Region> {
  let url = options.publicUrl?.() ?? `http://${options.host}:${options.port}`;
  const opened = await openServices({ ...options, publicUrl: () => url });
  const { auditKey, checkpointLevel } = options;
  const stopSigning = auditKey
    ? keepCheckpoints(opened.services, auditKey, checkpointLevel)
    : async () => undefined;
  let stopWorking: readonly Stop[] = [];
  const stop = async () => {
    await Promise.all(stopWorking.map((each) => each()));
    await stopSigning();
    await opened.close();
  };
  try {
    options.progress?.('Starting the gateway');
    const gateway = await startGateway({
      supergraphSdl: await readFile(supergraphFile(), 'utf8'),
      dataSource: (name) => inProcess(serviceNamed(opened.services, name)),
      serviceRoutes: Object.fromEntries(opened.services.map((each) => [each.name, inProcessRoutes(each)])),
      execution: options.execution,
      shareInFlight: options.shareInFlight,
      caching: {
        ...options.caching,
        changes: Object.fromEntries(opened.services.map((each) => [each.name, inProcessChanges(each)])),
        now: () => opened.host.clock.now().getTime(),
      },
      log: options.log,
      host: options.host,
      port: options.port,
      introspection: options.introspection,
      playground: options.playground,
      identify: options.identify,
      protection: options.protection,
      hideSchemaDetails: options.hideSchemaDetails,
      issuers: options.issuers,
      mailboxes: mailboxesOf(opened),
      isReady: async () => {
        await serviceNamed(opened.services, 'tenders').store.fork().execute('select 1');
        return true;
      },
    });
    // Only now is it known where we answer, when the system has chosen the port.
    url = options.publicUrl?.() ?? gateway.url;
    if (options.work ?? true) stopWorking = await Promise.all(opened.services.map((each) => each.work()));
    return {
      ...opened,
      gateway,
      close: async () => {
        await gateway.close();
        await stop();
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The services whose mail goes into a mailbox that a developer can read. */
function mailboxesOf({ services }: Services) {
  const NAMES: Readonly<Record<string, string>> = {
    dialogue: 'Post fra markedsdialog',
    events: 'Post fra arrangementer',
  };
  return services
    .filter(({ routes }) => routes.some(({ path }) => path === '/mailbox'))
    .map(({ name }) => ({ name: NAMES[name] ?? name, path: `/${name}/mailbox` }));
}

/** Waits until the services have told each other everything; a message that fails again and again is not waited for. */
export async function settled(host: Host, patience = 30_000): Promise<void> {
  const deadline = Date.now() + patience;
  while ((await host.bus.backlog()) > 0 && Date.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

export function serviceNamed(services: readonly Service[], name: string): Service {
  const service = services.find((each) => each.name === name);
  if (!service) throw new Error(`The supergraph names a service that the region does not have: ${name}`);
  return service;
}

/** The composed supergraph lies beside the gateway that serves it. */
export function supergraphFile(): string {
  return createRequire(import.meta.url).resolve('@samspill/gateway/supergraph.graphql');
}
