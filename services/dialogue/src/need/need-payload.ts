import { type RequestContext, toUserErrors } from '@samspill/subgraph';
import type { NeedChange } from './change-needs.js';
import type { NeedPayload } from './need.input.js';

export function needPayload(context: RequestContext, result: NeedChange): NeedPayload {
  if ('need' in result) return { need: result.need, userErrors: [] };
  return { need: null, userErrors: toUserErrors(result.mend, context) };
}
