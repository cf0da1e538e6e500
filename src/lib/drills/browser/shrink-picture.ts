/** Longest side of a scanned page: its text stays readable. */
const SIDE_MAX = 1_600;
const QUALITIES = [0.8, 0.6, 0.45, 0.3] as const;

/** A picture as a JPEG data URL of at most so many characters; null when it cannot be read or made small. */
export async function shrinkPicture(file: File, charactersMax: number): Promise<string | null> {
  const picture = await load(URL.createObjectURL(file));
  if (!picture) return null;
  for (const side of [SIDE_MAX, 1_200, 900]) {
    const scale = Math.min(1, side / Math.max(picture.naturalWidth, picture.naturalHeight));
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(picture.naturalWidth * scale);
    canvas.height = Math.round(picture.naturalHeight * scale);
    const paper = canvas.getContext('2d')!;
    paper.fillStyle = '#fff';
    paper.fillRect(0, 0, canvas.width, canvas.height);
    paper.drawImage(picture, 0, 0, canvas.width, canvas.height);
    for (const quality of QUALITIES) {
      const text = canvas.toDataURL('image/jpeg', quality);
      if (text.length <= charactersMax) return text;
    }
  }
  return null;
}

async function load(address: string): Promise<HTMLImageElement | null> {
  const picture = new Image();
  const done = new Promise<boolean>((resolve) => {
    picture.onload = () => resolve(true);
    picture.onerror = () => resolve(false);
  });
  picture.src = address;
  const isRead = await done;
  URL.revokeObjectURL(address);
  return isRead && picture.naturalWidth > 0 ? picture : null;
}
