/** A file in an archive. */
export interface ArchiveFile {
  /** With slashes. */
  path: string;
  bytes: Uint8Array<ArrayBuffer>;
  isExecutable?: boolean;
}
