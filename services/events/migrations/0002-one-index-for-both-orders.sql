-- Every event has a start, so event_starts_index is read backwards for the latest first.

drop index events.event_starts_latest_index;
