import { run } from '@samspill/environment';
import { startPostgres } from './postgres-server.js';

/**
 * PostgreSQL behind a process of its own. A terminal sends Ctrl+C to everything that it runs, and the package
 * stops its server on every signal that its process gets: in here neither happens before it is asked for.
 */
run(async () => {
  const [dataDirectory = '.data'] = process.argv.slice(2);
  const starting = startPostgres(dataDirectory, (text) => process.stderr.write(`${text}\n`));
  // Whoever started it has let go or is gone; nobody else knows the address.
  process.once('disconnect', async () => {
    const server = await starting.catch(() => null);
    await server?.stop();
    process.exit(0);
  });
  const { url } = await starting;
  if (process.connected) process.send?.(url);
});
