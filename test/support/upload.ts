import { Upload } from 'tus-js-client';

/** Sends the bytes of a document to the address that GraphQL gave, as a front end would: with a tus client. */
export function upload(uploadUrl: string, bytes: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    new Upload(Buffer.from(bytes), {
      uploadUrl,
      uploadSize: bytes.length,
      retryDelays: null,
      onError: reject,
      onSuccess: () => resolve(),
    }).start();
  });
}
