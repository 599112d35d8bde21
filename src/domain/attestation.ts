/** The envelopes of a result, one a line, in its folder. */
export const envelopesFile = 'result.intoto.jsonl'
