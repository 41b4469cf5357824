export { InvalidEmailAddress, isEmailAddress } from './email-address.js';
export { eraseMailOf, type MailOwner } from './erase-mail.js';
export { mail } from './mail.js';
export { type Letter, queueMail } from './queue-mail.js';
export { defineMail, type MailTemplate, type MailTexts } from './template.js';
