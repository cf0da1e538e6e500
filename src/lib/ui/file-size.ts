/** A size in bytes as people read it: 812 B, 44.5 KB, 2.3 MB, 18.2 GB. */
export function fileSizeText(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  const megabytes = bytes / 1024 / 1024;
  if (megabytes >= 1024) return `${Number((megabytes / 1024).toFixed(1))} GB`;
  return megabytes < 1 ? `${Number((bytes / 1024).toFixed(1))} KB` : `${Number(megabytes.toFixed(1))} MB`;
}
