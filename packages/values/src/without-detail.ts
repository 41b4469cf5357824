/** What somebody wrote may have lines of its own, so it ends where the stack begins, and nowhere before. */
const TO_THE_STACK = '[\\s\\S]*?(?=\\n\\s+at [^\\n]*:\\d+:\\d+\\)?(?:\\n|$)|(?![\\s\\S]))';

/**
 * An error's text without the values of rows. PostgreSQL says in its "detail" which key was there already and what
 * a failing row contained, and those are somebody's name as often as not.
 */
export function withoutDetail(text: string): string {
  return text
    .replace(new RegExp(`\\n\\s*-? ?detail:${TO_THE_STACK}`, 'gi'), '')
    .replace(new RegExp(`\\bFailing row contains \\(${TO_THE_STACK}`, 'g'), 'Failing row …');
}
