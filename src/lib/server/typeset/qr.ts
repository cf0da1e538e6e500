import { renderSVG } from 'uqr';

/** A QR code as SVG, black on white with its quiet border, for screens and for `image(bytes(…))` in Typst. */
export function qrSvg(text: string): string {
  return renderSVG(text, { ecc: 'M', border: 2 });
}
