import type { Mendable, Messages } from '@samspill/subgraph';

/** All that decides whether a dialogue may be closed. */
export interface ClosingFacts {
  readonly ledHere: boolean;
  readonly announcedAt: Date | null;
  readonly closesAt: Date | null;
  readonly closedAt: Date | null;
  readonly summarisedAt: Date | null;
  /** Whether the competition that follows is announced: nobody waits for answers then. */
  readonly tenderAnnounced: boolean;
  /** The numbers of the entries that only one supplier knows. */
  readonly openDisclosures: readonly number[];
  readonly openInputs: number;
  readonly meetingsWithoutMinutes: number;
}

/** As many numbers as a sentence bears. */
const MOST_NUMBERS = 10;

/** What stands in the way of closing a dialogue; nothing when it may be closed. Everything at once, so that it is mended in one go. */
export function whatStandsOpen(facts: ClosingFacts, now: Date): Mendable[] {
  const never = neverNow(facts);
  if (never) return [never];
  const { openDisclosures, openInputs, meetingsWithoutMinutes } = facts;
  const open: Mendable[] = [];
  if (openDisclosures.length > 0) open.push(stands('LEDGER_OPEN', ledgerOpen(openDisclosures)));
  if (openInputs > 0) open.push(stands('INPUT_OPEN', inputOpen(openInputs)));
  if (meetingsWithoutMinutes > 0)
    open.push(stands('MINUTES_MISSING', minutesMissing(meetingsWithoutMinutes)));
  if (facts.closesAt !== null && facts.closesAt > now && !facts.tenderAnnounced) {
    open.push(stands('DEADLINE_NOT_PASSED', deadlineNotPassed(facts.closesAt)));
  }
  return open;
}

function neverNow(facts: ClosingFacts): Mendable | null {
  if (!facts.ledHere) return stands('NOT_LED_HERE', NOT_LED_HERE);
  if (facts.announcedAt === null) return stands('NOT_ANNOUNCED', NOT_ANNOUNCED);
  if (facts.closedAt !== null || facts.summarisedAt !== null) return stands('ALREADY_CLOSED', ALREADY_CLOSED);
  return null;
}

const stands = (code: string, messages: Messages): Mendable => ({
  code,
  path: ['input', 'dialogueId'],
  messages,
});

const NOT_LED_HERE: Messages = {
  nb: 'Denne markedsdialogen kommer fra en kunngjøring og ledes ikke her. Den lukkes av seg selv når fristen er ute.',
  nn: 'Denne marknadsdialogen kjem frå ei kunngjering og blir ikkje leidd her. Han blir lukka av seg sjølv når fristen er ute.',
  en: 'This market dialogue comes from a notice and is not led here. It closes by itself when the deadline has passed.',
};

const NOT_ANNOUNCED: Messages = {
  nb: 'Markedsdialogen er et utkast, så det er ingenting å lukke. Slett utkastet om det ikke trengs.',
  nn: 'Marknadsdialogen er eit utkast, så det er ingenting å lukke. Slett utkastet om det ikkje trengst.',
  en: 'The market dialogue is a draft, so there is nothing to close. Discard the draft if it is not needed.',
};

const ALREADY_CLOSED: Messages = {
  nb: 'Markedsdialogen er lukket allerede. Neste steg er oppsummeringen («summariseMarketDialogue»).',
  nn: 'Marknadsdialogen er lukka allereie. Neste steg er oppsummeringa («summariseMarketDialogue»).',
  en: 'The market dialogue is closed already. The next step is its summary ("summariseMarketDialogue").',
};

function ledgerOpen(numbers: readonly number[]): Messages {
  const rest = numbers.length - MOST_NUMBERS;
  const some = numbers.slice(0, MOST_NUMBERS).join(', ');
  const count = numbers.length;
  return {
    nb: `${count} ${count === 1 ? 'opplysning' : 'opplysninger'} i loggen er gitt til én leverandør og ikke til alle: nr. ${some}${rest > 0 ? ` og ${rest} til` : ''}. Publiser dem («publishDisclosures») først.`,
    nn: `${count} ${count === 1 ? 'opplysning' : 'opplysningar'} i loggen er gjevne til éin leverandør og ikkje til alle: nr. ${some}${rest > 0 ? ` og ${rest} til` : ''}. Publiser dei («publishDisclosures») først.`,
    en: `${count} ${count === 1 ? 'entry' : 'entries'} of the ledger have been told to one supplier and not to all: no. ${some}${rest > 0 ? ` and ${rest} more` : ''}. Publish them ("publishDisclosures") first.`,
  };
}

const inputOpen = (count: number): Messages => ({
  nb: `${count} innspill har ikke fått noe svar på hva de ble brukt til. Gi hvert av dem et utfall («concludeInput») først.`,
  nn: `${count} innspel har ikkje fått noko svar på kva dei vart brukte til. Gje kvart av dei eit utfall («concludeInput») først.`,
  en: `${count} ${count === 1 ? 'input has' : 'inputs have'} not been answered with what was done with them. Give each an outcome ("concludeInput") first.`,
});

const minutesMissing = (count: number): Messages => ({
  nb: `${count} ${count === 1 ? 'møte' : 'møter'} mangler referat. Skriv referat fra dem som er holdt, og avlys resten, først.`,
  nn: `${count} ${count === 1 ? 'møte' : 'møte'} manglar referat. Skriv referat frå dei som er haldne, og avlys resten, først.`,
  en: `${count} ${count === 1 ? 'meeting has' : 'meetings have'} no minutes. Write the minutes of those that were held, and cancel the others, first.`,
});

const deadlineNotPassed = (closesAt: Date): Messages => ({
  nb: `Svarfristen er ikke ute før ${closesAt.toISOString()}, og leverandørene har bruk for den. Vent, eller endre fristen for alle.`,
  nn: `Svarfristen er ikkje ute før ${closesAt.toISOString()}, og leverandørane har bruk for han. Vent, eller endre fristen for alle.`,
  en: `The deadline for answers is not before ${closesAt.toISOString()}, and suppliers count on it. Wait, or change the deadline for everybody.`,
});
