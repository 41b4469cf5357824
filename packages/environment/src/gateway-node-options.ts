/**
 * How Node runs a gateway, on its command line, since it takes none of it later. Left alone, V8 sizes its heap by the
 * machine: on a large one it gives 128 MB to young objects and lets garbage grow to several times what is in use,
 * where a gateway has some 80 MB in use and its young objects rarely outlive a request.
 *
 * `deploy/Dockerfile` and `deploy/kubernetes/gateway.yaml` say the same.
 */
export const gatewayNodeOptions = ['--max-semi-space-size=16', '--heap-growing-percent=30'] as const;
