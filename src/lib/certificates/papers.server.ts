import { and, asc, eq } from 'drizzle-orm';
import type { Actor } from '#lib/kernel/actor.ts';
import { dayText } from '#lib/kernel/day.ts';
import { read } from '#lib/server/db/open.ts';
import { certificate } from '#lib/server/db/schema/certificates.ts';
import { settings } from '#lib/server/settings.ts';
import { qrSvg } from '#lib/server/typeset/qr.ts';
import { typesetTemplate } from '#lib/server/typeset/typeset.ts';
import { findCertificate, type CertificateRow } from './certificates.server.ts';
import { readClassCertificates } from './class-certificates.server.ts';
import { refuse } from './copy.ts';

/** A paper to send: its bytes and the name to save it under. */
export type Paper = { bytes: Uint8Array; fileName: string };

/** Where printed links lead: PUBLIC_URL, or the address by which the request came. */
function printedBase(requestOrigin: string): string {
  return settings().publicUrl ?? requestOrigin;
}

/** What the QR code of a certificate opens. */
export function verificationAddress(base: string, number: string): string {
  return `${base}/certificates/${encodeURIComponent(number)}`;
}

type Printed = Pick<CertificateRow, 'number' | 'frozen' | 'issuedOn' | 'validUntil' | 'replacedOn'>;

function printed(row: Printed, base: string): Record<string, unknown> {
  const { number, frozen, issuedOn, validUntil, replacedOn } = row;
  return {
    ...frozen,
    number,
    heldFrom: dayText(frozen.heldFrom),
    heldUntil: dayText(frozen.heldUntil),
    issuedOn: dayText(issuedOn),
    validUntil: validUntil === null ? null : dayText(validUntil),
    replacedOn: replacedOn === null ? null : dayText(replacedOn),
    verifyUrl: `${base}/certificates`,
    qr: qrSvg(verificationAddress(base, number)),
  };
}

/** One certificate as a PDF. Refused: not_found, certificate_revoked_paper. */
export async function certificatePaper(
  actor: Actor,
  certificateId: string,
  requestOrigin: string,
  now: Date,
): Promise<Paper> {
  const found = await findCertificate(actor, certificateId, now);
  if (found.state === 'revoked') throw refuse('certificate_revoked_paper');
  const { pdf } = await typesetTemplate('certificate', {
    certificates: [printed(found, printedBase(requestOrigin))],
  });
  return { bytes: pdf, fileName: `${found.frozen.name} ${found.number}.pdf` };
}

/** All valid certificates of a class as one PDF, a page each, by number. Refused: not_found, no_certificates. */
export async function classCertificatesPaper(
  actor: Actor,
  classId: string,
  requestOrigin: string,
): Promise<Paper> {
  const { title } = await readClassCertificates(actor, classId);
  const rows = await read((db) =>
    db
      .select()
      .from(certificate)
      .where(and(eq(certificate.classId, classId), eq(certificate.state, 'valid')))
      .orderBy(asc(certificate.issuedAt), asc(certificate.number)),
  );
  if (rows.length === 0) throw refuse('no_certificates');
  const base = printedBase(requestOrigin);
  const { pdf } = await typesetTemplate('certificate', {
    certificates: rows.map((row) => printed(row, base)),
  });
  return { bytes: pdf, fileName: `${title}.pdf` };
}
