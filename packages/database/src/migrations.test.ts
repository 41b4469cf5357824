import { expect, it } from 'vitest';
import { splitStatements } from './migrations.js';

it('splits at empty lines and leaves comments out', () => {
  const sql = `-- What it is for.

create table a (
  -- why
  id text
);

-- only a comment

insert into a values ('x
y');
`;
  expect(splitStatements(sql)).toEqual(['create table a (\n  id text\n);', "insert into a values ('x\ny');"]);
});
