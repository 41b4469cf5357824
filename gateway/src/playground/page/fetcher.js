/** Asks this gateway. The browser's own languages go along, and the headers tab may say otherwise. */
export async function fetcher(operation, options) {
  const response = await fetch('/graphql', {
    method: 'POST',
    headers: {
      ...options?.headers,
      'content-type': 'application/json',
      accept: 'application/graphql-response+json, application/json;q=0.9',
    },
    body: JSON.stringify(operation),
  });
  return response.json();
}
