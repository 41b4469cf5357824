/** Stops what was started, once what is being done is done. */
export type Stop = () => Promise<void>;

export interface RepeatOptions {
  /** The pause between the end of one run and the beginning of the next, in milliseconds. */
  readonly every: number;
  readonly run: () => Promise<unknown>;
  /** Told of a run that failed; the next one comes all the same. */
  readonly onError: (error: unknown) => void;
}

/** Does something again and again, never twice at the same time. The first run begins after one pause. */
export function repeatedly({ every, run, onError }: RepeatOptions): Stop {
  let timer: NodeJS.Timeout;
  let running: Promise<void> = Promise.resolve();
  let stopped = false;
  const next = () => {
    timer = setTimeout(() => {
      running = run()
        .then(() => undefined, onError)
        .finally(() => stopped || next());
    }, every);
    timer.unref();
  };
  next();
  return async () => {
    stopped = true;
    clearTimeout(timer);
    await running;
  };
}
