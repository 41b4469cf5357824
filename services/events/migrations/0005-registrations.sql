-- Registrations with their line, the people they are for, and who came.

create table events.registration (
  id text primary key,
  event_id text not null references events.event (id) on delete cascade,
  -- Of the event, for the policies.
  municipality_number text,
  -- No number: a private person.
  organisation_number text check (organisation_number ~ '^\d{9}$'),
  organisation_name text,
  -- Whoever registered; nobody for a walk-in, and after the erasure.
  person_id text,
  contact_name text,
  contact_email text,
  seats int not null check (seats > 0),
  status text not null check (status in ('CONFIRMED', 'WAITING', 'OFFERED', 'EXPIRED', 'CANCELLED')),
  -- The order of requests, and so of the line. Given out under the lock of the event.
  place bigint not null check (place > 0),
  walk_in boolean not null default false,
  -- What a front end repeats a request with, so that it does not register twice.
  client_key text check (length(client_key) <= 100),
  language text not null check (language in ('nb', 'nn', 'en')),
  registered_at timestamptz not null,
  offered_at timestamptz,
  offer_expires_at timestamptz,
  cancelled_at timestamptz,
  cancellation_reason text,
  erased_at timestamptz,
  unique (event_id, place),
  unique (event_id, person_id, client_key),
  check (organisation_number is not null or seats = 1),
  check (organisation_number is null or organisation_name is not null),
  check ((offered_at is null) = (offer_expires_at is null)),
  check (status not in ('OFFERED', 'EXPIRED') or offered_at is not null),
  check ((status = 'CANCELLED') = (cancelled_at is not null)),
  check (person_id is null or (contact_name is not null and contact_email is not null))
);

create index registration_line_index on events.registration (event_id, status, place);

create index registration_person_index on events.registration (person_id, registered_at, id) where person_id is not null;

create index registration_organisation_index on events.registration (organisation_number, registered_at, id)
  where organisation_number is not null;

-- What the worker that passes seats on looks for every second.

create index registration_offer_index on events.registration (offer_expires_at) where status = 'OFFERED';

create index registration_waiting_index on events.registration (event_id, place) where status = 'WAITING';

-- One for each seat, with or without a name yet. Gone when the registration no longer holds or awaits seats.

create table events.attendee (
  id text primary key,
  registration_id text not null references events.registration (id) on delete cascade,
  event_id text not null references events.event (id) on delete cascade,
  -- Of the registration, for the audit log and for lists.
  municipality_number text,
  organisation_number text,
  organisation_name text,
  -- The order within the registration.
  number int not null check (number > 0),
  name text,
  check_in_code text unique check (check_in_code ~ '^[0-9A-HJKMNP-TV-Z]{10}$'),
  checked_in_at timestamptz,
  check_in_method text check (check_in_method in ('CODE', 'BY_HAND')),
  unique (registration_id, number),
  check ((checked_in_at is null) = (check_in_method is null))
);

create index attendee_name_index on events.attendee (event_id, name, id);

create index attendee_organisation_index on events.attendee (event_id, organisation_name, id);

-- Which items of the programme somebody has chosen: a seat there (held), or a wish while they wait.

create table events.session_seat (
  attendee_id text not null references events.attendee (id) on delete cascade,
  session_id uuid not null references events.session (id) on delete cascade,
  held boolean not null,
  primary key (attendee_id, session_id)
);

create index session_seat_session_index on events.session_seat (session_id);

-- Who sees and writes which row. The registration's own people and the hosts of the event do both; the public
-- reads nothing but the numbers that the two functions below give.

create policy "its own people and the hosts" on events.registration for select
  to samspill_events_reader, samspill_events_writer
  using (
    samspill.is_person(person_id) or samspill.represents(organisation_number)
    or samspill.holds('EVENT_HOST', municipality_number)
  );

create policy "for oneself, or an organisation that one acts for" on events.registration for insert
  to samspill_events_writer
  with check (
    samspill.is_person(person_id) and not walk_in
    and (organisation_number is null or samspill.represents(organisation_number))
    and exists (
      select from events.event where event.id = event_id and event.published_at is not null
        and event.municipality_number is not distinct from registration.municipality_number
    )
  );

create policy "hosts let in whoever comes" on events.registration for insert
  to samspill_events_writer
  with check (
    walk_in and person_id is null and organisation_number is null and samspill.holds('EVENT_HOST', municipality_number)
    and exists (
      select from events.event where event.id = event_id and event.published_at is not null
        and event.municipality_number = registration.municipality_number
    )
  );

create policy "its own people and the hosts change" on events.registration for update
  to samspill_events_writer
  using (
    samspill.is_person(person_id) or samspill.represents(organisation_number)
    or samspill.holds('EVENT_HOST', municipality_number)
  )
  with check (
    samspill.is_person(person_id) or samspill.represents(organisation_number)
    or samspill.holds('EVENT_HOST', municipality_number)
  );

create policy "whoever reads the registration" on events.attendee for select
  to samspill_events_reader
  using (exists (select from events.registration where registration.id = registration_id));

create policy "whoever writes the registration" on events.attendee for all
  to samspill_events_writer
  using (exists (select from events.registration where registration.id = registration_id))
  with check (exists (
    select from events.registration
    where registration.id = registration_id and registration.event_id = attendee.event_id
      and registration.municipality_number is not distinct from attendee.municipality_number
      and registration.organisation_number is not distinct from attendee.organisation_number
  ));

create policy "whoever reads the attendee" on events.session_seat for select
  to samspill_events_reader
  using (exists (select from events.attendee where attendee.id = attendee_id));

-- While writing one chooses (a wish); only the service itself turns that into a seat.

create policy "whoever writes the attendee" on events.session_seat for select
  to samspill_events_writer
  using (exists (select from events.attendee where attendee.id = attendee_id));

create policy "whoever writes the attendee wishes" on events.session_seat for insert
  to samspill_events_writer
  with check (not held and exists (
    select from events.attendee join events.session on session.event_id = attendee.event_id
    where attendee.id = attendee_id and session.id = session_id
  ));

-- Row-level security knows rows, not what becomes of them. These say what somebody who may write a row may do to it.

create function events.guard_registration() returns trigger language plpgsql as $$
begin
  if current_user <> 'samspill_events_writer' then
    return new;
  end if;
  if tg_op = 'INSERT' then
    -- Whether there are seats is for the service to say, under the lock of the event.
    if not (new.status = 'WAITING' or new.walk_in and new.status = 'CONFIRMED') then
      raise insufficient_privilege using message = 'A new registration waits until it is given its seats.';
    end if;
    return new;
  end if;
  if (new.id, new.event_id, new.place, new.walk_in, new.registered_at)
      is distinct from (old.id, old.event_id, old.place, old.walk_in, old.registered_at)
    or (new.municipality_number, new.organisation_number, new.person_id, new.client_key, new.offered_at, new.offer_expires_at)
      is distinct from
      (old.municipality_number, old.organisation_number, old.person_id, old.client_key, old.offered_at, old.offer_expires_at)
    or new.seats > old.seats
    or new.status <> old.status and not (
      old.status in ('CONFIRMED', 'WAITING', 'OFFERED') and new.status = 'CANCELLED'
      or old.status = 'OFFERED' and new.status = 'CONFIRMED'
    )
  then
    raise insufficient_privilege using message = 'Only the service itself changes this of a registration.';
  end if;
  return new;
end
$$;

create trigger guard_registration before insert or update on events.registration
  for each row execute function events.guard_registration();

create function events.guard_attendee() returns trigger language plpgsql as $$
declare
  host boolean;
begin
  if current_user <> 'samspill_events_writer' then
    return new;
  end if;
  if tg_op = 'UPDATE' then
    if (new.id, new.registration_id, new.event_id, new.number)
        is distinct from (old.id, old.registration_id, old.event_id, old.number)
      or new.check_in_code is distinct from old.check_in_code and new.check_in_code is not null
    then
      raise insufficient_privilege using message = 'Only the service itself changes this of an attendee.';
    end if;
    if (new.checked_in_at, new.check_in_method) is not distinct from (old.checked_in_at, old.check_in_method) then
      return new;
    end if;
  elsif new.checked_in_at is null then
    return new;
  end if;
  select samspill.holds('EVENT_HOST', municipality_number) into host
    from events.registration where id = new.registration_id;
  if host is not true then
    raise insufficient_privilege using message = 'Only hosts say who came.';
  end if;
  return new;
end
$$;

create trigger guard_attendee before insert or update on events.attendee
  for each row execute function events.guard_attendee();

create function events.only_the_service_counts() returns trigger language plpgsql as $$
begin
  if current_user = 'samspill_events_writer' then
    raise insufficient_privilege using message = 'Only the service itself counts seats.';
  end if;
  return new;
end
$$;

create trigger guard_seats_inserted before insert on events.event
  for each row when (new.seats_taken <> 0 or new.last_place <> 0) execute function events.only_the_service_counts();

create trigger guard_seats_updated before update on events.event
  for each row when (new.seats_taken <> old.seats_taken or new.last_place <> old.last_place)
  execute function events.only_the_service_counts();

create trigger guard_seats_inserted before insert on events.session
  for each row when (new.seats_taken <> 0) execute function events.only_the_service_counts();

create trigger guard_seats_updated before update on events.session
  for each row when (new.seats_taken <> old.seats_taken) execute function events.only_the_service_counts();

-- The line as everybody may see it: how many seats each waits for or is offered, in order, without who they are.
-- As the owner, because whoever waits does not see the others.

create function events.waiting_line(of_events text[])
  returns table (event_id text, place bigint, seats int, status text)
  language sql stable security definer set search_path = events, pg_temp
  as $$
    select r.event_id, r.place, r.seats, r.status from events.registration r
    where r.event_id = any (of_events) and r.status in ('WAITING', 'OFFERED')
    order by r.event_id, r.place
  $$;

-- How many have seats and how many came. The same after names are erased.

create function events.attendance_of(of_events text[])
  returns table (event_id text, registered int, checked_in int)
  language sql stable security definer set search_path = events, pg_temp
  as $$
    select a.event_id, count(*)::int, count(a.checked_in_at)::int
    from events.attendee a join events.registration r on r.id = a.registration_id
    where a.event_id = any (of_events) and r.status = 'CONFIRMED'
    group by a.event_id
  $$;

revoke execute on function events.waiting_line(text[]), events.attendance_of(text[]) from public;

grant execute on function events.waiting_line(text[]), events.attendance_of(text[])
  to samspill_events_public, samspill_events_reader, samspill_events_system;
