import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';

/** An item of the programme that an attendee has chosen. */
@Entity({ tableName: 'session_seat' })
export class SessionSeat {
  @PrimaryKey({ type: 'text' })
  attendeeId: string;

  @PrimaryKey({ type: 'uuid' })
  sessionId: string;

  /** A seat there; else a wish, which becomes one once the registration gets its own seats. */
  @Property({ type: 'boolean' })
  held: boolean;
}
