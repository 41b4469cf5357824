/*
 * The rules of registering, kept a second time and in another way: plain arrays, no database. What the product says
 * after each step is held against this.
 */

export type Status = 'CONFIRMED' | 'WAITING' | 'OFFERED' | 'EXPIRED' | 'CANCELLED';

/** The letters that registering leads to, by the names of their templates. */
export type LetterKind =
  | 'registration-confirmed'
  | 'registration-waiting'
  | 'seats-offered'
  | 'offer-expired'
  | 'registration-cancelled';

export interface Request {
  /** Letters go here. */
  readonly email: string;
  /** Null for a private person. */
  readonly organisation: string | null;
  /** For each seat the items of the programme that its holder chooses. */
  readonly choices: readonly (readonly string[])[];
}

export interface Asked {
  readonly id: string;
  readonly request: Request;
  status: Status;
  seats: number;
  offerEnds: number | null;
}

export class Line {
  /** In the order in which they asked. */
  readonly all: Asked[] = [];
  /** Every letter that somebody should have got, as `kind address`. */
  readonly letters: string[] = [];
  readonly #chosen = new Map<string, number>();

  constructor(
    readonly capacity: number,
    readonly limit: number,
    readonly offerLasts: number,
    /** Items of the programme that have seats of their own. */
    readonly rooms: ReadonlyMap<string, number>,
  ) {}

  get taken(): number {
    return sum(this.with('CONFIRMED', 'OFFERED'));
  }

  get free(): number {
    return this.capacity - this.taken;
  }

  with(...statuses: readonly Status[]): Asked[] {
    return this.all.filter(({ status }) => statuses.includes(status));
  }

  seatsIn(room: string): number {
    return this.#chosen.get(room) ?? 0;
  }

  /** What has to become of a request, before it is made. */
  answerTo({ organisation, choices }: Request): Status | 'OVER_ORGANISATION_LIMIT' | 'SESSION_FULL' {
    const has = sum(
      this.with('CONFIRMED', 'OFFERED', 'WAITING').filter(
        ({ request }) => organisation !== null && request.organisation === organisation,
      ),
    );
    if (organisation !== null && has + choices.length > this.limit) return 'OVER_ORGANISATION_LIMIT';
    if (this.with('WAITING').length > 0 || choices.length > this.free) return 'WAITING';
    return this.roomsFullFor(choices).length > 0 ? 'SESSION_FULL' : 'CONFIRMED';
  }

  /** The items that have not enough seats for all who choose them. */
  roomsFullFor(choices: Request['choices']): string[] {
    return [...this.rooms].flatMap(([room, seats]) => {
      const wanted = choices.filter((each) => each.includes(room)).length;
      return this.seatsIn(room) + wanted > seats ? [room] : [];
    });
  }

  asks(id: string, request: Request): Asked {
    const status = this.answerTo(request);
    if (status !== 'CONFIRMED' && status !== 'WAITING') throw new Error(`${id} is ${status}.`);
    const asked: Asked = { id, request, status, seats: request.choices.length, offerEnds: null };
    this.all.push(asked);
    if (status === 'CONFIRMED') this.#sit(asked, 1);
    this.#tell(asked, status === 'CONFIRMED' ? 'registration-confirmed' : 'registration-waiting');
    return asked;
  }

  accepts(asked: Asked): void {
    if (asked.status !== 'OFFERED') throw new Error(`${asked.id} is ${asked.status}.`);
    asked.status = 'CONFIRMED';
    this.#tell(asked, 'registration-confirmed');
  }

  /** Cancels, declines an offer, or leaves the line. */
  leaves(asked: Asked, now: number): void {
    if (asked.status !== 'WAITING') this.#sit(asked, -1);
    asked.status = 'CANCELLED';
    this.#tell(asked, 'registration-cancelled');
    this.passOn(now);
  }

  /** Some do not come, the last of them; whoever waits keeps their place. */
  shrinks(asked: Asked, seats: number, now: number): void {
    const holds = asked.status !== 'WAITING';
    if (holds) this.#sit(asked, -1);
    Object.assign(asked, {
      seats,
      request: { ...asked.request, choices: asked.request.choices.slice(0, seats) },
    });
    if (holds) this.#sit(asked, 1);
    this.passOn(now);
  }

  /** Ends offers whose time is over, and offers what is free, from the head of the line. */
  passOn(now: number, isOpen = true): Asked[] {
    for (const asked of this.with('OFFERED')) {
      if ((asked.offerEnds ?? 0) > now) continue;
      this.#sit(asked, -1);
      asked.status = 'EXPIRED';
      this.#tell(asked, 'offer-expired');
    }
    const offered: Asked[] = [];
    for (const asked of isOpen ? this.with('WAITING') : []) {
      if (asked.seats > this.free) break;
      // What of their wishes there is no room for is gone.
      const choices = this.#choicesWithRoom(asked.request.choices);
      Object.assign(asked, {
        status: 'OFFERED',
        offerEnds: now + this.offerLasts,
        request: { ...asked.request, choices },
      });
      this.#sit(asked, 1);
      this.#tell(asked, 'seats-offered');
      offered.push(asked);
    }
    return offered;
  }

  #choicesWithRoom(choices: Request['choices']): string[][] {
    const left = new Map([...this.rooms].map(([room, seats]) => [room, seats - this.seatsIn(room)]));
    return choices.map((each) =>
      each.filter((room) => {
        const more = left.get(room) ?? 0;
        left.set(room, more - 1);
        return more > 0;
      }),
    );
  }

  #sit({ request }: Asked, sign: 1 | -1): void {
    for (const room of request.choices.flat()) this.#chosen.set(room, this.seatsIn(room) + sign);
  }

  #tell({ request }: Asked, kind: LetterKind): void {
    this.letters.push(`${kind} ${request.email}`);
  }
}

export const sum = (some: readonly { readonly seats: number }[]): number =>
  some.reduce((all, { seats }) => all + seats, 0);
