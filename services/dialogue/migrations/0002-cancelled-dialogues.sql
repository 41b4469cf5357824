-- A notice can take its invitation back. closes_at is then no later than that, so the status follows from it.

alter table dialogue.market_dialogue add column cancelled_at timestamptz;
