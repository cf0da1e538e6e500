/** Longest side of a picture that is searched: a phone's photo holds far more than a QR code needs. */
const SIDE_MAX = 1400;
/** How long one picture may be searched. A still photo is worth more patience than one frame of a film. */
export const PHOTO_MS = 1_500;
export const FRAME_MS = 80;

type Drawable = { image: CanvasImageSource; width: number; height: number };

/**
 * The text of the QR code in a picture, or null when none is found. Nothing leaves the browser. The reader
 * is fetched when the first picture comes, so that pages stay small.
 */
export async function readQr({ image, width, height }: Drawable, timeLimit: number): Promise<string | null> {
  const { decodeQR } = await import('qr/decode.js');
  const scale = Math.min(1, SIDE_MAX / Math.max(width, height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(width * scale));
  canvas.height = Math.max(1, Math.round(height * scale));
  const surface = canvas.getContext('2d', { willReadFrequently: true });
  if (!surface) return null;
  surface.drawImage(image, 0, 0, canvas.width, canvas.height);
  try {
    return decodeQR(surface.getImageData(0, 0, canvas.width, canvas.height), { timeLimit });
  } catch {
    // The reader throws when it finds nothing.
    return null;
  }
}

/** The text of the QR code in a photo; null when the file is no picture or holds none. */
export async function readQrPhoto(file: File): Promise<string | null> {
  const address = URL.createObjectURL(file);
  try {
    // An element instead of createImageBitmap: it turns a photo as the camera says it was held.
    const image = new Image();
    image.src = address;
    await image.decode();
    return await readQr({ image, width: image.naturalWidth, height: image.naturalHeight }, PHOTO_MS);
  } catch {
    return null;
  } finally {
    URL.revokeObjectURL(address);
  }
}
