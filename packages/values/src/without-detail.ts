/**
 * An error's text without the values of rows. PostgreSQL says in its "detail" which key was there already and what
 * a failing row contained, and those are somebody's name as often as not.
 */
export function withoutDetail(text: string): string {
  return text
    .replace(/\n\s*-? ?detail:[^\n]*/gi, '')
    .replace(/\bFailing row contains \([^\n]*/g, 'Failing row …');
}
