import { expect, it } from 'vitest';
import { competition, fileOf, importInto } from '../../support/notices.js';
import { eventually } from '../../support/programs.js';
import { mailOf, numberOf, type Story } from './story.js';

const NEED = `title status followers jointMunicipalities
  findings { id category matched field index why suggestion override { reason } }
  joinedBy(first: 5) { nodes { volume municipality { number } } }`;
const QUERY = `query ($id: ID!) { need(id: $id) { ${NEED} } }`;

export const PLANNING_NOTICE = '0a0f8c1e-6c3f-4b58-9d1e-3a2f6b7c8d90';
/** What the notices of the story have in common. */
export const buyer = {
  name: 'Indre Østfold kommune',
  organisationNumber: '920123899',
  city: 'Askim',
  postCode: '1830',
};

/** The municipality says what it needs, and is stopped where it says how. */
export function aNeedIsWritten(story: () => Story): void {
  it('a need that names a brand is not published before it is mended or a reason is given', async () => {
    const { clock } = story();
    clock.set('2027-01-04T08:00:00Z');
    const { need } = await story().does(
      'officer',
      'createNeed',
      {
        municipality: '3118',
        title: 'Trygge netter på sykehjemmet',
        effect:
          'Beboerne skal sove godt, og nattevakten skal vite i tide når noen trenger hjelp, på en iPad.',
        users: 'Om lag 120 beboere, pårørende og nattevakter på fire sykehjem.',
        constraints: ['Lønn og vakter står i Visma i dag, og det skal virke sammen med det.'],
        successCriteria: ['Fallskader om natten er halvert etter ett år.'],
        volume: 'Om lag 120 beboere.',
      },
      'need { id procurement { id } }',
    );
    story().need = need.id;
    story().procurement = need.procurement.id;
    // A draft is nobody else's to see.
    for (const who of ['public', 'supplier', 'officer-marker']) {
      expect(await story().sees(who, QUERY, { id: need.id })).toEqual({ need: null });
    }
    const draft = (await story().sees('officer', QUERY, { id: need.id })).need;
    expect(draft.findings).toMatchObject([
      { category: 'BRAND', matched: 'iPad', field: 'effect', override: null },
      { category: 'BRAND', matched: 'Visma', field: 'constraints', index: 0, override: null },
    ]);
    await story().isRefused('officer', 'publishNeed', { id: need.id }, ['FINDING_OPEN', 'FINDING_OPEN']);
    // One is said in another way, the other describes what is there.
    const effect =
      'Beboerne skal sove godt, og nattevakten skal vite i tide når noen trenger hjelp, der hun er.';
    await story().does('officer', 'updateNeed', { id: need.id, effect });
    const [, { id: findingId }] = draft.findings;
    await story().isRefused('officer', 'overrideFinding', { needId: need.id, findingId, reason: ' ' }, [
      'TEXT_MISSING',
    ]);
    const reason = 'Vi beskriver det vi har, ikke det vi skal kjøpe.';
    await story().does('officer', 'overrideFinding', { needId: need.id, findingId, reason });
    await story().does('officer', 'publishNeed', { id: need.id });
    expect((await story().sees('public', QUERY, { id: need.id })).need).toMatchObject({
      status: 'PUBLISHED',
      findings: [{ matched: 'Visma', override: { reason } }],
    });
  });

  it('a supplier follows it, and the neighbours have the same', async () => {
    const { need: needId, clock } = story();
    clock.advance(60_000);
    const organisationNumber = numberOf('supplier');
    await story().does('supplier', 'followNeed', { needId, organisationNumber, email: mailOf('supplier') });
    await story().isRefused('officer', 'joinNeed', { needId, municipality: '3118', volume: 'Det samme.' }, [
      'OWN_NEED',
    ]);
    await story().does('officer-marker', 'joinNeed', {
      ...{ needId, municipality: '3122', volume: 'Om lag 25 beboere på ett sykehjem.' },
    });
    expect((await story().sees('public', QUERY, { id: needId })).need).toMatchObject({
      ...{ followers: 1, jointMunicipalities: 1 },
      joinedBy: {
        nodes: [{ volume: 'Om lag 25 beboere på ett sykehjem.', municipality: { number: '3122' } }],
      },
    });
    const mine = '{ myFollowedNeeds(first: 5) { nodes { email need { id } } } }';
    expect(await story().sees('supplier', mine)).toEqual({
      myFollowedNeeds: { nodes: [{ email: mailOf('supplier'), need: { id: needId } }] },
    });
    // Nobody else learns who follows, the municipality included.
    expect((await story().sees('officer', mine)).myFollowedNeeds.nodes).toEqual([]);
  });

  it('it is tied to the procurement of a planning notice, where there is one', async () => {
    if (story().course.tie !== 'BY_PLANNING_NOTICE') return;
    const { need: needId } = story();
    const notice = competition({
      ...{ noticeId: PLANNING_NOTICE, procedureId: null, buyer, title: 'Trygghet om natten: veiledende' },
      ...{ formType: 'planning', noticeType: 'pin-only', subtype: '4', plannedDate: '2027-03-01' },
      ...{ procedureType: undefined, dispatchedAt: new Date('2027-01-04T12:00:00Z') },
    });
    expect(await importInto(story().graph, [fileOf(notice)])).toMatchObject([{ outcome: 'IMPORTED' }]);
    story().clock.set('2027-01-05T08:00:00Z');
    const planned = await eventually(async () => {
      const { notice: found } = await story().sees(
        'public',
        'query ($id: ID!) { notice(id: $id) { procurement { id } } }',
        { id: `${PLANNING_NOTICE}-01` },
      );
      return found?.procurement.id as string | undefined;
    });
    expect(planned).not.toBe(story().procurement);
    await story().does('officer', 'linkNeed', { needId, procurementId: planned });
    const chain =
      'query ($id: ID!) { need(id: $id) { procurement { id need { id } dialogues { isLedHere kind } } } }';
    const joined = await eventually(async () => {
      const { need } = await story().sees('public', chain, { id: needId });
      return need.procurement.dialogues.length === 1 && need.procurement;
    });
    expect(joined).toMatchObject({
      need: { id: needId },
      dialogues: [{ isLedHere: false, kind: 'PLANNING' }],
    });
    story().procurement = joined.id;
  });
}
