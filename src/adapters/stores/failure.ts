import { StoreError, type StoreCode } from '../../ports/store.js'

/**
 * An error for people about something the system refused.
 *
 * @param what  What failed, and where: `Cannot write .callsheet/x/journal.jsonl`.
 * @param next  What to do about it, as a sentence.
 */
export function storeFailure(code: StoreCode, what: string, cause: unknown, next: string): StoreError {
  return new StoreError(code, `${what}: ${reason(cause)}. ${next}`, { cause })
}

function reason(cause: unknown): string {
  const code = errorCode(cause)
  const known = code === undefined ? undefined : reasons[code]
  if (known !== undefined) return `${known} (${code})`
  return cause instanceof Error ? cause.message : String(cause)
}

const reasons: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'your disk quota is used up',
  EFBIG: 'the file has become larger than the system allows',
  EIO: 'the disk reports an error',
  EROFS: 'the file system is read-only',
  EACCES: 'permission denied',
  EPERM: 'not permitted',
  ENOTDIR: 'a part of the path is not a folder',
  EEXIST: 'something else is in its place',
  EISDIR: 'it is a folder',
  ENOENT: 'it does not exist',
  EMFILE: 'too many files are open; ulimit -n says how many there may be',
}

/** The system's code of an error: `ENOSPC`. */
export function errorCode(cause: unknown): string | undefined {
  return cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : undefined
}
