import { describe, expect, test } from 'vitest';
import type { Graph } from '../../support/hostings.js';

export const ONE_QUESTION = `query ($number: MunicipalityNumber!) {
  municipality(number: $number) {
    name
    mergedFrom { name }
    tenders(first: 5) {
      nodes {
        title
        buyer { name }
        awards { supplier { name trainings(first: 3) { nodes { title } } } }
        procurement { need { title } dialogue { title events(first: 3) { nodes { title startsAt } } } }
      }
      totalCount
    }
    suppliers(first: 5) { nodes { name } }
    events(first: 5) { nodes { title } }
  }
}`;

const FIVE = ['Askim', 'Eidsberg', 'Hobøl', 'Spydeberg', 'Trøgstad'];
const namesOf = (list: { name: string }[]) => list.map(({ name }) => name).sort();

/** What a newcomer asks first, of all four services at once. It needs the demo data, and nothing else. */
export function answersTheOneQuestion(graph: () => Graph): void {
  describe('the one question', () => {
    async function ask(number: string) {
      const { data, errors } = await graph().query(ONE_QUESTION, { number });
      expect(errors).toBeUndefined();
      return data;
    }

    test('is answered by all four services', async () => {
      const { municipality } = await ask('3118');
      expect(municipality.name).toBe('Indre Østfold');
      expect(namesOf(municipality.mergedFrom)).toEqual(FIVE);

      const { nodes: tenders, totalCount } = municipality.tenders;
      expect(tenders).toHaveLength(5);
      expect(totalCount).toBeGreaterThan(5);
      const bought = tenders.find((each: { title: string }) => each.title.includes('hjemmeoppfølging'));
      expect(bought.buyer.name).toBe('Indre Østfold kommune');
      const [{ supplier }] = bought.awards;
      expect(supplier.name).toBe('Øyeren Velferdsteknologi AS');
      expect(supplier.trainings.nodes.length).toBeGreaterThan(0);
      const { need, dialogue } = bought.procurement;
      expect(need.title).toContain('hjemme');
      expect(dialogue.title).not.toBe('');
      expect(dialogue.events.nodes.length).toBeGreaterThan(0);

      expect(municipality.suppliers.nodes.length).toBeGreaterThan(0);
      expect(municipality.events.nodes.length).toBeGreaterThan(0);
    });

    test('asked with the number until 2024, it tells of what was bought until then', async () => {
      const { municipality } = await ask('3014');
      expect(municipality.name).toBe('Indre Østfold');
      expect(namesOf(municipality.mergedFrom)).toEqual(FIVE);
      expect(municipality.tenders.totalCount).toBe(5);
      expect(municipality.suppliers.nodes.length).toBeGreaterThan(0);
      expect(municipality.events.nodes.length).toBeGreaterThan(0);
    });

    test('asked of Askim as it was, it tells of Askim', async () => {
      const { municipality } = await ask('0124');
      expect(municipality.name).toBe('Askim');
      expect(municipality.mergedFrom).toEqual([]);
      const { nodes: tenders } = municipality.tenders;
      const buyers = tenders.map((each: { buyer: { name: string } }) => each.buyer.name);
      expect(new Set(buyers)).toEqual(new Set(['Askim kommune']));
    });

    test('what Askim bought in 2017 is found under Indre Østfold', async () => {
      const { data } = await graph().query(`{
        tenders(filter: { municipality: "3118", publishedBefore: "2018-01-01T00:00:00Z" }) {
          nodes { title publishedAt buyer { name } municipality { number name currently { number } } }
        }
        municipality(number: "3118") { tenders(last: 5) { nodes { title } } }
      }`);
      const [tender] = data.tenders.nodes;
      expect(data.tenders.nodes).toHaveLength(1);
      expect(tender.publishedAt.slice(0, 4)).toBe('2017');
      expect(tender.municipality).toEqual({ number: '0124', name: 'Askim', currently: { number: '3118' } });
      expect(data.municipality.tenders.nodes).toContainEqual({ title: tender.title });
    });
  });
}
