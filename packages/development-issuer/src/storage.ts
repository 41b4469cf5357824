import type { Adapter, AdapterFactory, AdapterPayload } from 'oidc-provider';

/** What is on its way at a time is a handful: log-ins, codes, grants. The oldest go first. */
const MOST = 1_000;

/** Keeps what the provider must remember for as long as the process lives. What is too old the provider tells by itself. */
export function inMemory(): AdapterFactory {
  const kept = new Map<string, AdapterPayload>();
  const findBy = (model: string, property: keyof AdapterPayload, value: string) =>
    [...kept].find(([key, payload]) => key.startsWith(`${model}:`) && payload[property] === value)?.[1];
  return (model): Adapter => ({
    async upsert(id, payload) {
      kept.set(`${model}:${id}`, payload);
      if (kept.size > MOST) kept.delete(kept.keys().next().value as string);
    },
    find: async (id) => kept.get(`${model}:${id}`),
    findByUid: async (uid) => findBy(model, 'uid', uid),
    findByUserCode: async (userCode) => findBy(model, 'userCode', userCode),
    async consume(id) {
      const payload = kept.get(`${model}:${id}`);
      if (payload) payload.consumed = true;
    },
    async destroy(id) {
      kept.delete(`${model}:${id}`);
    },
    async revokeByGrantId(grantId) {
      for (const [key, payload] of kept) if (payload.grantId === grantId) kept.delete(key);
    },
  });
}
