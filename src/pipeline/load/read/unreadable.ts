/** Stands for a value that could not be read; its mistake is already reported. */
export const unreadable = Symbol('unreadable')
