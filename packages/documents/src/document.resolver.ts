import { inLanguage, RequestContext, Uncached } from '@samspill/subgraph';
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { Document, DocumentState } from './document.js';
import { DOWNLOAD_SECONDS, downloadPath, UPLOAD_SECONDS, uploadPath } from './paths.js';
import { REFUSALS } from './refusal.js';

@Resolver(() => Document)
export class DocumentResolver {
  @Uncached()
  @FieldResolver(() => String, {
    nullable: true,
    description:
      'Where to download it within five minutes, without logging in (nedlasting). Ask for a new one each time: do not store it, and do not pass it on. Null unless the document is READY.',
  })
  downloadUrl(@Ctx() { store }: RequestContext, @Root() { id, state }: Document): string | null {
    return state === DocumentState.READY ? store.links.signed(downloadPath(id), DOWNLOAD_SECONDS) : null;
  }

  @Uncached()
  @FieldResolver(() => String, {
    nullable: true,
    description:
      'Where to send the file by the tus protocol, version 1.0.0 (opplasting): give it to a tus client as the URL of an upload that exists. An upload that was broken off goes on where it stopped. Only for whoever began the upload, and only while the document is UPLOADING, for 24 hours.',
  })
  uploadUrl(@Ctx() context: RequestContext, @Root() document: Document): string | null {
    const { actor, store, clock } = context;
    if (document.state !== DocumentState.UPLOADING) return null;
    if (actor.personId === null || actor.personId !== document.personId) return null;
    const age = (clock.now().getTime() - document.createdAt.getTime()) / 1_000;
    const left = Math.ceil(UPLOAD_SECONDS - age);
    return left > 0 ? store.links.signed(uploadPath(document.id), left) : null;
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      'Why it was not taken in, and what to do (avvisningsgrunn), in the reader’s language. Null unless the document is REFUSED.',
  })
  refusal(@Ctx() { language }: RequestContext, @Root() { refusalCode }: Document): string | null {
    return refusalCode && inLanguage(REFUSALS[refusalCode], language);
  }
}
