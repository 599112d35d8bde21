import { envelopesFile, signersFile } from './attestation.js'
import { reviewsFile } from './review.js'

/** Files that people add to beside the journal of a result. */
export const keptFiles = [reviewsFile, envelopesFile, signersFile] as const
