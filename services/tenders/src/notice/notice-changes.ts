import type { ParsedNotice } from '@samspill/eforms';
import type { Language, Messages } from '@samspill/subgraph';
import { inLanguage } from '@samspill/subgraph';
import { formatMoney, type Money } from '@samspill/values';

/**
 * What a correction changed, in plain words: first what the buyer says of it, then what a comparison with
 * the notice before shows. Of 108 real Norwegian notices one described its changes, so the comparison is
 * what mostly tells a supplier that a deadline has moved.
 */
export function changesOf(
  current: ParsedNotice,
  previous: ParsedNotice | null,
  language: Language,
): string[] {
  const change = current.change ?? current.modification;
  const published = change
    ? [change.reason?.value, ...change.changes.map((each) => prefixed(each.section, each.description?.value))]
    : [];
  const compared = previous && current.change ? differences(previous, current, language) : [];
  return [...published.filter((text): text is string => Boolean(text)), ...compared];
}

function prefixed(section: string | null, text: string | undefined): string | undefined {
  return section && text ? `${section}: ${text}` : text;
}

function differences(before: ParsedNotice, after: ParsedNotice, language: Language): string[] {
  const say = (messages: Messages) => inLanguage(messages, language);
  const changed = (field: Messages, from: string | null, to: string | null) =>
    from === to ? [] : [`${say(field)}: ${from ?? '–'} → ${to ?? '–'}`];
  const lots = (notice: ParsedNotice) => notice.lots.map((lot) => lot.id);
  return [
    ...changed({ nb: 'Tittel', nn: 'Tittel', en: 'Title' }, before.title.value, after.title.value),
    ...changed(
      { nb: 'Frist', nn: 'Frist', en: 'Deadline' },
      time(before.deadline, language),
      time(after.deadline, language),
    ),
    ...changed(
      { nb: 'Anslått verdi', nn: 'Estimert verdi', en: 'Estimated value' },
      amount(before.estimatedValue, language),
      amount(after.estimatedValue, language),
    ),
    ...changed({ nb: 'CPV-kode', nn: 'CPV-kode', en: 'CPV code' }, before.cpv, after.cpv),
    ...changed(
      { nb: 'Delkontrakter', nn: 'Delkontraktar', en: 'Lots' },
      lots(before).join(', '),
      lots(after).join(', '),
    ),
    ...(before.description?.value === after.description?.value
      ? []
      : [
          say({
            nb: 'Beskrivelsen er endret.',
            nn: 'Skildringa er endra.',
            en: 'The description has changed.',
          }),
        ]),
  ];
}

function time(instant: string | null, language: Language): string | null {
  if (instant === null) return null;
  const locale = { nb: 'nb-NO', nn: 'nn-NO', en: 'en-GB' }[language];
  return new Intl.DateTimeFormat(locale, {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: 'Europe/Oslo',
  }).format(new Date(instant));
}

function amount(value: Money | null, language: Language): string | null {
  return value ? formatMoney(value, language) : null;
}
