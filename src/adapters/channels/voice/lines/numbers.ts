/** The numbers of a call whose suite has none. Nobody has them: 555-0100 to 555-0199 are for fiction. */
export const usualFrom = '+12025550100'
export const usualTo = '+12025550199'
