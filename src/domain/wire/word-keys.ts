/** Where other protocols have the words of a message, which are in `content` here. */
export const wordKeys = ['text', 'message', 'messages', 'reply', 'response', 'answer', 'transcript', 'delta'] as const
