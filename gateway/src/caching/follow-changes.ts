/** Told what generation of its data a service is at. */
export interface ChangeListener {
  /** Now and then, and whenever something has changed. */
  heard(generation: string): void;
  /** Nobody knows any more, until it is heard again. */
  lost(): void;
}

/** Begins to listen to a service, for as long as it takes until what it gives back is called. */
export type FollowChanges = (listener: ChangeListener) => () => void | Promise<void>;
