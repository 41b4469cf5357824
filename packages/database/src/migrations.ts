import { readdirSync, readFileSync } from 'node:fs';
import type { MigrationObject } from '@mikro-orm/core';
import { Migration } from '@mikro-orm/migrations';

/** A migration whose statements are made by code, because they are the same for every service's schema. */
export interface SqlMigration {
  readonly name: string;
  readonly statements: readonly string[];
}

export function toMigrations(migrations: readonly SqlMigration[]): MigrationObject[] {
  return migrations.map(({ name, statements }) => ({
    name,
    class: class extends Migration {
      override up(): void {
        for (const statement of statements) this.addSql(statement);
      }
    },
  }));
}

/**
 * Reads a folder of `0001-what-it-does.sql` files as migrations, in the order of their names. Plain SQL,
 * because a schema is read and reviewed far more often than it is written, also by people who do not
 * read TypeScript. Statements are separated by an empty line, and each is issued on its own, since the
 * embedded database runs one statement a call.
 */
export function sqlMigrations(folder: URL): MigrationObject[] {
  const files = readdirSync(folder)
    .filter((file) => file.endsWith('.sql'))
    .sort()
    .map((file) => ({
      name: file.replace(/\.sql$/, ''),
      statements: splitStatements(readFileSync(new URL(file, folder), 'utf8')),
    }));
  return toMigrations(files);
}

/** Statements of a migration file: separated by empty lines, comments left out. */
export function splitStatements(sql: string): string[] {
  return sql
    .split(/\n\s*\n/)
    .map((block) =>
      block
        .split('\n')
        .filter((line) => !line.trimStart().startsWith('--'))
        .join('\n')
        .trim(),
    )
    .filter((block) => block !== '');
}
