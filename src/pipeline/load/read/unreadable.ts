/** Stands for a value that could not be read; its mistake is reported already. */
export const unreadable = Symbol('unreadable')
