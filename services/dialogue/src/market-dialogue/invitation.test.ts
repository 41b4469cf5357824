import { expect, it } from 'vitest';
import { changesFrom, dialogueFrom, dialogueOfInvitation, type Invitation, isNewer } from './invitation.js';
import { cpvBranches } from './market-dialogue.js';

const invitation: Invitation = {
  noticeId: 'n-01',
  invitationId: 'n',
  version: '01',
  dispatchedAt: '2024-02-01T10:00:00Z',
  procurementId: 'p',
  kind: 'consultation',
  title: 'Omsorgsboliger',
  description: null,
  language: 'NOR',
  cpv: '45215200',
  additionalCpv: [],
  nuts: [],
  buyerId: 'NO-BRC-920123899',
  municipalityNumber: '3118',
  contact: null,
  answersDeadline: '2024-03-01T11:00:00Z',
  url: 'https://example.no/svar',
  plannedDate: null,
};
const known = { id: dialogueOfInvitation('n'), ...dialogueFrom(invitation, 'p') };

it.each([
  ['the same version', '01', '2024-02-01T10:00:00Z', false],
  ['a later dispatch', '02', '2024-02-02T10:00:00Z', true],
  ['an earlier dispatch, whatever the version says', '03', '2024-01-31T10:00:00Z', false],
  ['the next version of the same moment', '02', '2024-02-01T10:00:00Z', true],
  ['the tenth version, compared as a number', '10', '2024-02-01T10:00:00Z', true],
])('%s', (_case, version, dispatchedAt, newer) => {
  expect(isNewer({ ...invitation, version, dispatchedAt }, known)).toBe(newer);
});

it('is open from a consultation only when it says until when', () => {
  expect(known).toMatchObject({ opensAt: known.announcedAt, closesAt: new Date('2024-03-01T11:00:00Z') });
  expect(dialogueFrom({ ...invitation, answersDeadline: null }, 'p')).toMatchObject({
    opensAt: null,
    closesAt: null,
  });
  expect(dialogueFrom({ ...invitation, kind: 'planning' }, 'p').opensAt).toBeNull();
});

it('keeps the buyer, the municipality, the deadline and the address when a correction leaves them out, and drops the rest', () => {
  const correction: Invitation = {
    ...invitation,
    version: '02',
    dispatchedAt: '2024-02-05T10:00:00Z',
    cpv: null,
    buyerId: null,
    municipalityNumber: null,
    answersDeadline: null,
    url: null,
  };
  expect(changesFrom(correction, known)).toMatchObject({
    announcedAt: known.announcedAt,
    closesAt: known.closesAt,
    url: known.url,
    buyerId: known.buyerId,
    municipalityNumber: '3118',
    cpv: null,
    cpvBranches: [],
  });
});

it('gives every branch of the CPV tree once', () => {
  expect(cpvBranches(['45215200', null])).toEqual([
    '45',
    '452',
    '4521',
    '45215',
    '452152',
    '4521520',
    '45215200',
  ]);
  expect(cpvBranches(['45215200', '45215200'])).toHaveLength(7);
});

const cancellation: Invitation = {
  ...invitation,
  noticeId: 'm-01',
  dispatchedAt: '2024-02-10T10:00:00Z',
  cancelled: true,
};

it('closes with the cancellation, not with the deadline that it still states', () => {
  const at = new Date('2024-02-10T10:00:00Z');
  expect(changesFrom(cancellation, known)).toMatchObject({ cancelledAt: at, closesAt: at });
  const withoutDeadline = { ...cancellation, answersDeadline: null };
  expect(changesFrom(withoutDeadline, known)).toMatchObject({ cancelledAt: at, closesAt: at });
  const afterDeadline = { ...cancellation, dispatchedAt: '2024-04-01T10:00:00Z' };
  expect(changesFrom(afterDeadline, known)).toMatchObject({ closesAt: known.closesAt });
});

it('stays cancelled when the invitation itself arrives afterwards', () => {
  const cancelled = { id: known.id, ...dialogueFrom(cancellation, 'p') };
  expect(changesFrom(invitation, cancelled)).toEqual({
    announcedAt: new Date(invitation.dispatchedAt),
    opensAt: new Date(invitation.dispatchedAt),
  });
});

it('opens again when a later notice takes the cancellation back', () => {
  const cancelled = { ...known, ...changesFrom(cancellation, known) };
  const again = { ...invitation, version: '02', dispatchedAt: '2024-02-12T10:00:00Z' };
  expect(changesFrom(again, cancelled)).toMatchObject({ cancelledAt: null, closesAt: known.closesAt });
  expect(changesFrom({ ...again, answersDeadline: null }, cancelled).closesAt).toBeNull();
});

it('knows which of two notices of the same moment is newer, whichever comes first', () => {
  const twin = { ...invitation, noticeId: 'o-01' };
  expect([isNewer(twin, known), isNewer(invitation, dialogueFrom(twin, 'p'))]).toEqual([true, false]);
});
