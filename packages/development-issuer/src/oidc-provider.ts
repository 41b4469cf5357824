/**
 * The provider past its front door, which calls every Node that is not an LTS release yet an unsupported one, on the
 * console of whoever starts the region.
 */
export * as errors from 'oidc-provider/lib/helpers/errors.js';
export { Provider } from 'oidc-provider/lib/provider.js';
